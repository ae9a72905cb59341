import type { Diagnosis } from '@/lib/domain/diagnosis.ts'
import { Evidence } from './evidence.tsx'
import { Fact, Facts, NotYet, Section } from './section.tsx'
import { When } from './time.tsx'
import { Code, shortSha, Untrusted } from './untrusted.tsx'

/** Why it happens: the sentence, the line, the commit that brought it, and what makes us sure. */
export function Why({ diagnosis, zone }: { diagnosis: Diagnosis | null; zone: string }) {
  if (!diagnosis) {
    return (
      <Section id="why" title="Why">
        <NotYet>Not diagnosed yet.</NotYet>
      </Section>
    )
  }
  const { crash, suspect, suspectIsNew, previous, base, frames } = diagnosis.facts
  const line = frames.find((frame) => frame.path === crash?.path && frame.line === crash?.line)?.context
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
        <Fact name="Line">{crash ? <Code text={`${crash.path}:${crash.line}`} /> : 'None in this repository'}</Fact>
        <Fact name="Suspect">
          {suspect ? (
            <>
              <Code text={shortSha(suspect.sha)} /> <Untrusted text={suspect.subject} />, by{' '}
              <Untrusted text={suspect.author} />, <When at={suspect.at} zone={zone} />
              {suspectIsNew ? '. New in what production runs.' : previous ? '. Was in production before.' : '.'}
            </>
          ) : (
            'No commit could be named'
          )}
        </Fact>
        <Fact name="Seen on">
          <Code text={shortSha(base)} />
        </Fact>
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
