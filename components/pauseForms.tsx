import { Why } from './ask.tsx'
import type { Controlled } from './control.tsx'
import { Decision } from './decision.tsx'
import { effectInWords } from './effectWords.ts'
import { Fold } from './fold.tsx'
import { many } from './numbers.ts'

/** Two offers where releases are under way: leave them where they are, or take them back too. */
export function Pause({ desk: { project }, inFlight, releases }: Pick<Controlled, 'desk' | 'inFlight' | 'releases'>) {
  const about = { project: project.slug }
  return (
    <Fold title="Pause…" button>
      <p>
        {inFlight.length > 0
          ? `Right now ${many(inFlight.length, 'call')} ${inFlight.length === 1 ? 'is' : 'are'} under way: ${inFlight.map(({ kind, target }) => effectInWords(kind, target)).join(', ')}. A pause waits for that up to 5 seconds, then tells you what is left. Nothing else starts.`
          : 'No call is under way right now. From then on nothing starts.'}
      </p>
      {releases.length > 0 ? (
        <p className="mt-2">
          {all(releases.length)} under way {releases.length === 1 ? 'stays where it is' : 'stay where they are'}. While
          paused, one that turns out bad is not taken back by itself: that waits for you.
        </p>
      ) : null}
      <Decision verb="pause" about={about} submit="Pause" sending="Pausing…" tone="main">
        <Why />
      </Decision>
      {releases.length > 0 ? (
        <div className="fold-more">
          <p>
            Or pause, and take {all(releases.length).toLowerCase()} back at once: production and staging go back to what
            they served before, and what was merged leaves the branches. A patch that was taken back never comes again.
          </p>
          <Decision
            verb="pause"
            about={{ ...about, rollBack: true }}
            submit="Roll back and pause"
            sending="Pausing…"
            tone="danger"
          >
            <Why required />
          </Decision>
        </div>
      ) : null}
    </Fold>
  )
}

const all = (n: number): string => (n === 1 ? 'The release' : n === 2 ? 'Both releases' : `All ${n} releases`)

export function Resume({ desk: { project } }: Pick<Controlled, 'desk'>) {
  return (
    <Fold title="Resume…" button>
      <p>Everything that is due starts again at once, under the policy as it is now.</p>
      <Decision
        verb="resume"
        about={{ project: project.slug }}
        submit="Resume"
        sending="Resuming…"
        tone="main"
        password
      />
    </Fold>
  )
}
