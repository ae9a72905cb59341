import type { ProofRun } from '@/lib/domain/fix.ts'
import { keyed } from './keyed.ts'
import { Untrusted } from './untrusted.tsx'

/** What each run reported and answered, as its own words; nothing where runs were kept without. */
export function RunsSaw({ runs, name }: { runs: ProofRun[]; name: string }) {
  if (!runs.some(({ saw, body }) => saw !== undefined || body !== undefined)) return null
  return (
    <details className="mt-4">
      <summary>What each run saw and answered</summary>
      <ol className="sources">
        {keyed(runs, (run) => run.side).map(({ key, item: run }, i) => (
          <li key={key}>
            <p>
              <a className="link" href={`#${name}-${i + 1}`}>
                Run {i + 1}, {run.side}
              </a>
            </p>
            <ul className="text-soft">
              {run.saw?.length ? (
                keyed(run.saw, ({ type, message }) => `${type}: ${message}`).map(({ key: error }) => (
                  <li key={error}>
                    <Untrusted text={error} />
                  </li>
                ))
              ) : (
                <li>No error was reported.</li>
              )}
            </ul>
            {run.body ? (
              <pre className="block-code">
                <Untrusted text={run.body} />
              </pre>
            ) : null}
          </li>
        ))}
      </ol>
    </details>
  )
}
