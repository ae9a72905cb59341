import Link from 'next/link'
import type { Release } from '@/lib/domain/release.ts'
import { Answers } from './answers.tsx'
import { callInWords } from './answerWords.ts'
import { Mark } from './badge.tsx'
import { LevelRow } from './levelRow.tsx'
import type { May } from './may.ts'
import { many } from './numbers.ts'
import { Pause, Resume } from './pauseForms.tsx'
import { stateInWords } from './states.ts'
import { type Desk, zoneOf } from './strand.ts'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** A call whose end was not read back. */
export interface Calling {
  key: string
  kind: string
  target: string
  at: Date
  /** Past its deadline: nobody may be waiting for it any more. */
  overdue: boolean
}

export interface Controlled {
  desk: Desk
  /** The kill switch of this server is on. */
  halted: boolean
  inFlight: Calling[]
  /** On their way to a target, or on their way back. */
  releases: Pick<Release, 'id' | 'issue' | 'state'>[]
  may: May
}

/** Whether it works, what is on its way, and the two switches a person has: pause and level. */
export function Control(props: Controlled) {
  const { desk, may } = props
  const { project } = desk
  return (
    <section aria-labelledby="control" className="panel control">
      <h2 id="control" className="sr-only">
        Control
      </h2>
      <Answers key={project.id} zone={zoneOf(desk)}>
        <div className="control-row">
          <Standing {...props} />
          {may.pause && project.pausedAt === null ? <Pause key="pause" {...props} /> : null}
          {may.resume && project.pausedAt !== null ? <Resume key="resume" desk={desk} /> : null}
        </div>
        <LevelRow project={project} may={may} />
        {may.pause ? null : <p className="control-row text-soft">You may look. Owners and operators decide.</p>}
      </Answers>
    </section>
  )
}

/** In words: at work, paused, or draining, which is paused with calls whose end nobody has read back. */
function Standing({ desk, halted, inFlight, releases }: Controlled) {
  const { pausedAt, pausedBy, pausedWhy } = desk.project
  const zone = zoneOf(desk)
  const draining = pausedAt !== null && inFlight.length > 0
  return (
    <div>
      <p className="control-head">
        {pausedAt === null ? <Mark icon="check" word="At work" tone="good" /> : null}
        {draining ? (
          <Mark icon="clock" word={`Draining: ${many(inFlight.length, 'call')} under way`} tone="ask" />
        ) : null}
        {pausedAt !== null && !draining ? <Mark icon="pause" word="Paused" tone="ask" /> : null}
      </p>
      {pausedAt === null ? null : (
        <p>
          {draining ? 'Paused since ' : 'Since '}
          <When at={pausedAt} zone={zone} /> by <Untrusted text={pausedBy ?? 'nobody who is known'} />
          {pausedWhy ? (
            <>
              : <Untrusted text={pausedWhy} />
            </>
          ) : (
            '.'
          )}
        </p>
      )}
      {halted ? (
        <p className="callout">
          The kill switch is on: this server changes nothing outside, whatever is decided here. It is turned off where
          it was turned on, in the server’s settings.
        </p>
      ) : null}
      <UnderWay inFlight={inFlight} releases={releases} zone={zone} />
    </div>
  )
}

function UnderWay({ inFlight, releases, zone }: Pick<Controlled, 'inFlight' | 'releases'> & { zone: string }) {
  if (inFlight.length + releases.length === 0) return <p className="text-soft">Nothing is on its way.</p>
  return (
    <ul className="text-soft">
      {inFlight.map(({ key, kind, target, at, overdue }) => (
        <li key={key}>
          <Untrusted
            text={`Calling: ${callInWords({ kind, target, since: at.toISOString(), unknown: overdue }, zone)}`}
          />
        </li>
      ))}
      {releases.length > 0 ? (
        <li>
          Under way:{' '}
          {releases.map(({ id, issue, state }, i) => (
            <span key={id}>
              {i > 0 ? ', ' : ''}
              <Link prefetch={false} href={`/dashboard/agent-control/issues/${issue}`} className="link">
                issue {issue}
              </Link>{' '}
              ({stateInWords(state)})
            </span>
          ))}
        </li>
      ) : null}
    </ul>
  )
}
