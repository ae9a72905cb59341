import type { Diagnosis } from '@/lib/domain/diagnosis.ts'
import { Cite, CommitLink } from './cite.tsx'
import { Evidence } from './evidence.tsx'
import { many } from './numbers.ts'
import { Fact, Facts, NotYet, Section } from './section.tsx'
import { When } from './time.tsx'
import { Code, Untrusted } from './untrusted.tsx'

/**
 * Why it happens: the sentence, the line, the commit that brought it, and what makes us sure. `told`: how many of its
 * events are told below.
 */
export function Why({ diagnosis, told, zone }: { diagnosis: Diagnosis | null; told: number; zone: string }) {
  if (!diagnosis) {
    return (
      <Section id="why" title="Why">
        <NotYet>Not diagnosed yet.</NotYet>
      </Section>
    )
  }
  const { crash, suspect, suspectIsNew, previous, base, serving = base, frames, events } = diagnosis.facts
  const at = frames.findIndex((frame) => frame.path === crash?.path && frame.line === crash?.line)
  const line = frames[at]?.context
  return (
    <Section id="why" title="Why">
      <p className="lead">
        <Untrusted text={diagnosis.why} />
      </p>
      {line ? (
        <pre className="block-code">
          <Untrusted text={line} />
        </pre>
      ) : null}
      <Facts>
        <Fact name="Line">
          {crash ? (
            <>
              <Code text={`${crash.path}:${crash.line}`} /> {at >= 0 ? <Cite of="frame" n={at + 1} /> : null}
            </>
          ) : (
            'None in this repository'
          )}
        </Fact>
        <Fact name="Suspect">
          {suspect ? (
            <>
              <CommitLink sha={suspect.sha} /> <Untrusted text={suspect.subject} />, by{' '}
              <Untrusted text={suspect.author} />, <When at={suspect.at} zone={zone} />
              {suspectIsNew ? '. New in what production runs.' : previous ? '. Was in production before.' : '.'}
            </>
          ) : (
            'No commit could be named'
          )}
        </Fact>
        <Fact name="Seen on">
          <CommitLink sha={serving} />
        </Fact>
        {serving === base ? null : (
          <Fact name="Repaired on">
            <CommitLink sha={base} /> on its way to production then
          </Fact>
        )}
        {previous ? (
          <Fact name="Before it">
            <CommitLink sha={previous} />
          </Fact>
        ) : null}
        {events.length > 0 ? (
          <Fact name="In">
            {many(events.length, 'event')}:{' '}
            {events.slice(0, told).map((id, i) => (
              <Cite key={id} of="event" n={i + 1} />
            ))}
          </Fact>
        ) : null}
        <Fact name="Remedy">{REMEDIES[diagnosis.remedy]}</Fact>
      </Facts>
      <Evidence diagnosis={diagnosis} />
    </Section>
  )
}

const REMEDIES: Record<Diagnosis['remedy'], string> = {
  'code-fix': 'A change of the code',
  rollback: 'Going back to the deployment before',
  rerun: 'Running it again',
  'reset-environment': 'Resetting the environment',
  'flag-off': 'Switching the feature flag off',
  'needs-person': 'A person has to look',
  ignore: 'None; it can be left alone',
}
