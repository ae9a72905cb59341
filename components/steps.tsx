import type { Position, Step } from '@/lib/domain/evidence.ts'
import { Cite } from './cite.tsx'
import { effectInWords } from './effectWords.ts'
import { keyed } from './keyed.ts'
import { When } from './time.tsx'

const ENDS: Record<string, string> = {
  confirmed: 'read back as done',
  failed: 'failed',
  sending: 'its end is not known',
}

/** Every call that left this machine, with the rows of the audit that let it through and say how it ended. */
export function Steps({ steps, zone }: { steps: Step[]; zone: string }) {
  if (steps.length === 0) return null
  return (
    <>
      <h3 className="label mt-8">What left this machine</h3>
      <ul className="mt-2 space-y-1">
        {keyed(steps, ({ kind, target }) => `${kind} ${target}`).map(({ key, item: step }) => (
          <li key={key}>
            {effectInWords(step.kind, step.target)}, {ENDS[step.state] ?? step.state},{' '}
            <span className="text-soft tabular-nums">
              <When at={step.at} zone={zone} seconds />
            </span>{' '}
            <Row at={step.intent} />
            <Row at={step.outcome} />
          </li>
        ))}
      </ul>
    </>
  )
}

const Row = ({ at }: { at: Position | null }) => (at ? <Cite of="audit" n={at.seq} /> : null)
