import type { Diagnosis } from '@/lib/domain/diagnosis.ts'
import type { Frame } from '@/lib/domain/event.ts'
import type { Witness } from '@/lib/domain/evidence.ts'
import type { Commit } from '@/lib/domain/tree.ts'
import { keyed } from './keyed.ts'
import { many } from './numbers.ts'
import { Section } from './section.tsx'
import { When } from './time.tsx'
import { Code, shortSha, Untrusted } from './untrusted.tsx'
import { WitnessOf } from './witness.tsx'

interface Props {
  diagnosis: Diagnosis | null
  witnesses: Witness[]
  zone: string
}

/** The events, frames and commits that the claims above point at; nothing before there is a diagnosis. */
export function Sources({ diagnosis, witnesses, zone }: Props) {
  if (!diagnosis) return null
  const { facts } = diagnosis
  const commits = namedCommits(diagnosis)
  const rest = facts.events.length - witnesses.length
  return (
    <Section id="sources" title="What it rests on">
      <h3 className="label">Events</h3>
      <ol className="sources">
        {witnesses.map((witness, i) => (
          <WitnessOf key={witness.id} witness={witness} n={i + 1} zone={zone} />
        ))}
      </ol>
      {rest > 0 ? <p className="mt-3 text-soft">{many(rest, 'more event')} of the same kind.</p> : null}
      {witnesses.length === 0 && rest === 0 ? <p className="mt-2 text-soft">The diagnosis names none.</p> : null}
      <Frames frames={facts.frames} />
      <h3 className="label mt-8">Commits</h3>
      <ol className="sources">
        {commits.map(({ sha, commit, role }) => (
          <li key={sha} id={`commit-${shortSha(sha)}`} className="source">
            <p>
              <Code text={sha} />
            </p>
            <p className="text-soft">{role}</p>
            {commit ? (
              <p>
                <Untrusted text={commit.subject} />, by <Untrusted text={commit.author} />,{' '}
                <When at={commit.at} zone={zone} />
              </p>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Frames({ frames }: { frames: Frame[] }) {
  if (frames.length === 0) return null
  return (
    <>
      <h3 className="label mt-8">The stack, {many(frames.length, 'frame')}</h3>
      <ol className="sources">
        {keyed(frames, where).map(({ key, item: frame }, i) => (
          <li key={key} id={`frame-${i + 1}`} className="source">
            <p className={frame.inApp ? '' : 'text-soft'}>
              {i + 1}. <Untrusted text={where(frame)} />
            </p>
            {frame.context ? (
              <pre className="block-code">
                <Untrusted text={frame.context} />
              </pre>
            ) : null}
          </li>
        ))}
      </ol>
    </>
  )
}

const where = ({ path, line, function: name }: Frame): string =>
  `${path ?? 'outside the repository'}${line === null ? '' : `:${line}`}${name ? ` in ${name}` : ''}`

/** Each commit once, with everything it is named for. */
function namedCommits({ facts: { suspect, base, serving, previous, commits = [] } }: Diagnosis) {
  const roles: [string | undefined, string][] = [
    [suspect?.sha, 'The crash line is blamed on it'],
    [serving ?? base, 'What production ran when it was diagnosed'],
    [serving && base, 'What a release was about to bring to production, where the repair starts'],
    [previous ?? undefined, 'What production ran before'],
  ]
  const known = new Map<string, Commit>([...commits, ...(suspect ? [suspect] : [])].map((one) => [one.sha, one]))
  const shas = [...new Set(roles.flatMap(([sha]) => sha ?? []))]
  return shas.map((sha) => ({
    sha,
    commit: known.get(sha) ?? null,
    role: `${roles.flatMap(([named, role]) => (named === sha ? [role] : [])).join('. ')}.`,
  }))
}
