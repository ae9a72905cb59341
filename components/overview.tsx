import { Mark } from './badge.tsx'
import type { Week } from './grouped.ts'
import type { Desk } from './strand.ts'
import { zoneOf } from './strand.ts'
import { spanOf, When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

export const LEVEL_NAMES = { 1: 'propose', 2: 'auto-fix low risk', 3: 'full' } as const

/** Whose night it is: the project, what Nightshift may do alone, whether it is at work, and this week in three numbers. */
export function Overview({ desk, lastTick, week }: { desk: Desk; lastTick: Date | null; week: Week }) {
  const { project, now } = desk
  return (
    <section aria-labelledby="project" className="overview">
      <div>
        <h1 id="project" className="text-3xl font-semibold tracking-tight">
          <Untrusted text={project.name} />
        </h1>
        <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-soft">
          <li>
            Level {project.level}: {LEVEL_NAMES[project.level]}
          </li>
          <li>
            {project.pausedAt ? (
              <>
                <Mark icon="pause" word="Paused" tone="ask" /> since <When at={project.pausedAt} zone={zoneOf(desk)} />
              </>
            ) : (
              <Mark icon="check" word="At work" tone="good" />
            )}
          </li>
          <li className="tabular-nums">
            {lastTick ? `Last looked ${spanOf(now.getTime() - lastTick.getTime())} ago` : 'Has not looked yet'}
          </li>
        </ul>
      </div>
      <dl className="week">
        <Figure label="issues seen in 7 days" n={week.seen} />
        <Figure label="cured in 7 days" n={week.cured} />
        <Figure label="waiting for you" n={week.waiting} />
      </dl>
    </section>
  )
}

function Figure({ label, n }: { label: string; n: number }) {
  return (
    <div>
      <dt className="text-soft">{label}</dt>
      <dd className="text-3xl font-semibold tabular-nums">{n}</dd>
    </div>
  )
}
