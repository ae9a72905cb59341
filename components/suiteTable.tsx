import type { SuiteResult } from '@/lib/domain/fix.ts'
import { Mark } from './badge.tsx'
import { keyed } from './keyed.ts'
import { count } from './numbers.ts'
import { Untrusted } from './untrusted.tsx'

/** The project's own tests on the same tree without and with the fix, three times each. */
export function SuiteTable({ suite }: { suite: SuiteResult }) {
  return (
    <>
      <table className="plain mt-2">
        <caption className="sr-only">The project’s own tests before and after the fix</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Passed</th>
            <th scope="col">Failed</th>
            <th scope="col">Took</th>
          </tr>
        </thead>
        <tbody>
          {keyed(suite.runs, (run) => run.side).map(({ key, item: run }) => (
            <tr key={key}>
              <th scope="row">{run.side === 'before' ? 'Before' : 'After'}</th>
              <td>{count(run.passed)}</td>
              <td>{count(run.failed)}</td>
              <td>{count(Math.round(run.ms))} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="checks">
        <Check
          holds={suite.newTestFailedBefore && suite.newTestPassed}
          says="The new test failed before and passes after"
        />
        <Check
          holds={suite.lost.length === 0}
          says={`All ${count(suite.stable)} stable tests still pass`}
          names={suite.lost}
        />
        <Check holds={suite.broken.length === 0} says="No test was broken before" names={suite.broken} />
        <Check
          holds={suite.flickering.length === 0}
          says="No test flickers; those that do are not counted"
          names={suite.flickering}
        />
      </ul>
    </>
  )
}

/** A check with its answer as a word, and the names that speak against it. */
export function Check({ holds, says, names = [] }: { holds: boolean; says: string; names?: string[] }) {
  return (
    <li>
      {holds ? <Mark icon="check" word="Yes" tone="good" /> : <Mark icon="cross" word="No" tone="bad" />}
      <span>
        {says}
        {names.map((name) => (
          <span key={name} className="block text-soft">
            <Untrusted text={name} />
          </span>
        ))}
      </span>
    </li>
  )
}
