import type { Week } from './grouped.ts'
import type { Desk } from './strand.ts'
import { spanOf } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** Whose night it is: the project, when it was looked at last, and this week in three numbers. */
export function Overview({ desk, lastTick, week }: { desk: Desk; lastTick: Date | null; week: Week }) {
  const { project, now } = desk
  return (
    <section aria-labelledby="project" className="overview">
      <div>
        <h1 id="project" className="text-3xl font-semibold tracking-tight">
          <Untrusted text={project.name} />
        </h1>
        <p className="mt-3 text-soft tabular-nums">
          {lastTick ? `Last looked ${spanOf(now.getTime() - lastTick.getTime())} ago` : 'Has not looked yet'}
        </p>
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
