import type { ProofRun } from '@/lib/domain/fix.ts'
import { Mark } from './badge.tsx'
import { keyed } from './keyed.ts'
import { many } from './numbers.ts'

/** `name` and its number name each run on the page. A B A B A B, each in a fresh sandbox: A has to fail in the issue's own way, B has to answer. */
export function Strips({ runs, name }: { runs: ProofRun[]; name: string }) {
  return (
    <ol className="strips" aria-label="Runs without (A) and with (B) the fix, in turn">
      {keyed(runs, (run) => run.side).map(({ key, item: run }, i) => (
        <li key={key} id={`${name}-${i + 1}`} className={run.asExpected ? 'run' : 'run run-odd'}>
          <span className="text-2xl font-semibold">{run.side}</span>
          <span className="sr-only">{run.side === 'A' ? ' without the fix' : ' with the fix'}</span>
          <span className="block tabular-nums">{run.status === 0 ? 'no answer' : run.status}</span>
          <span className="block text-soft tabular-nums">{Math.round(run.ms)} ms</span>
          <span className="mt-1 block">
            {run.asExpected ? (
              <Mark icon="check" word={run.side === 'A' ? 'Fails' : 'Works'} tone="good" />
            ) : (
              <Mark icon="cross" word="Unexpected" tone="bad" />
            )}
          </span>
          <span className="block text-soft">{oddities(run)}</span>
        </li>
      ))}
    </ol>
  )
}

/** What a run showed besides its status; the same error on A is the point of it. */
function oddities({ fingerprint, others, egress }: ProofRun): string {
  const found = [
    fingerprint ? 'same error' : 'no such error',
    ...(others > 0 ? [`${others} other`] : []),
    ...(egress > 0 ? [many(egress, 'call out', 'calls out')] : []),
  ]
  return found.join(', ')
}
