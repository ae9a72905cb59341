import { stepsOf } from '@/lib/domain/evidence.ts'
import type { Release } from '@/lib/domain/release.ts'
import { Mark } from './badge.tsx'
import { effectInWords } from './effectWords.ts'
import type { IconName } from './icon.tsx'
import { ladderOf, type Rung, type RungState } from './ladder.ts'
import { NotYet, Section } from './section.tsx'
import type { Tone } from './states.ts'
import { Steps } from './steps.tsx'
import type { EffectLine, SealedLine } from './strand.ts'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'
import { WayBack } from './wayBack.tsx'

const RUNGS: Record<RungState, { icon: IconName; word: string; tone: Tone }> = {
  done: { icon: 'check', word: 'Done', tone: 'good' },
  now: { icon: 'arrow', word: 'Now', tone: 'moving' },
  stopped: { icon: 'pause', word: 'Held here', tone: 'ask' },
  turned: { icon: 'undo', word: 'Turned back here', tone: 'bad' },
  ahead: { icon: 'dot', word: 'Not yet', tone: 'still' },
}

const VERDICTS = {
  healthy: { icon: 'check', word: 'Healthy', tone: 'good' },
  unhealthy: { icon: 'cross', word: 'Unhealthy', tone: 'bad' },
  inconclusive: { icon: 'clock', word: 'Inconclusive', tone: 'ask' },
} as const

/** How far the fix has come, with what each step counted. */
export function ReleaseChapter({
  release,
  effects,
  audit,
  zone,
}: {
  release: Release | null
  effects: EffectLine[]
  audit: SealedLine[]
  zone: string
}) {
  return (
    <Section id="release" title="Release">
      {release ? (
        <>
          {whyNot(release).map((why) => (
            <p key={why} className="callout">
              <Untrusted text={why} />
            </p>
          ))}
          <ol className="ladder">
            {ladderOf(release, effects).map((rung) => (
              <Step key={rung.name} rung={rung} zone={zone} />
            ))}
          </ol>
          <Steps steps={stepsOf(effects, audit)} zone={zone} />
          <WayBack release={release} zone={zone} />
        </>
      ) : (
        <NotYet>Nothing is on its way to production.</NotYet>
      )}
    </Section>
  )
}

/** What it waits for: why it is held, what the gate said no to, and what the tree gate wants a person to see. */
function whyNot({ state, facts: { waiting, refused, gate } }: Release): string[] {
  const held = waiting ? [`${state === 'held' ? 'Held' : 'Waiting'}: ${waiting}`] : []
  const said = refused ? [`The gate said no to ${effectInWords(refused.kind, refused.target)}: ${refused.reason}.`] : []
  const next = refused ? [refused.asks ? 'It waits for an approval.' : 'It is tried again by itself.'] : []
  const tree = gate && gate.answer !== 'pass' ? [`${GATE[gate.answer]}: ${gate.why.join('; ')}`] : []
  return [...held, ...(refused ? [[...said, ...refused.why, ...next].join(' ')] : []), ...tree]
}

const GATE = {
  'needs-approval': 'The tree gate asks for a person’s approval',
  refused: 'The tree gate refuses this tree: it may be shown, never pushed',
} as const

function Step({ rung, zone }: { rung: Rung; zone: string }) {
  return (
    <li className={`rung rung-${rung.state}`} aria-current={rung.state === 'now' ? 'step' : undefined}>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="font-semibold">{rung.name}</h3>
        <Mark {...RUNGS[rung.state]} />
        {rung.at ? (
          <span className="text-soft tabular-nums">
            <When at={rung.at} zone={zone} seconds />
          </span>
        ) : null}
      </div>
      {rung.says ? (
        <p>
          <Untrusted text={rung.says} />
        </p>
      ) : null}
      {rung.counted.length > 0 ? <p className="text-soft tabular-nums">{rung.counted.join('; ')}</p> : null}
      {rung.verdict ? (
        <p>
          <Mark {...VERDICTS[rung.verdict.answer]} /> <Untrusted text={rung.verdict.why} />
        </p>
      ) : null}
    </li>
  )
}
