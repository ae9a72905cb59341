import type { Fix, Proof, Tier } from '@/lib/domain/fix.ts'
import { Mark } from './badge.tsx'
import { Lines } from './fixChapter.tsx'
import { Fact, Facts, NotYet, Section } from './section.tsx'
import { Strips } from './strips.tsx'
import { Check, SuiteTable } from './suiteTable.tsx'
import { Untrusted } from './untrusted.tsx'

const TIERS: Record<Tier, string> = {
  replayed: 'Replayed: the request that failed in production was sent again and reproduces the error.',
  tested: 'Tested: a test written for it reproduces the error; no captured request does.',
  'not-reproduced': 'Not reproduced: this may be proposed, and never ships without a person.',
}

/** What was shown, and plainly what was not. */
export function ProofChapter({ fix }: { fix: Fix | null }) {
  const proof = fix?.state === 'proven' ? fix.proof : null
  return (
    <Section id="proof" title="Proof">
      {proof && fix?.state === 'proven' ? (
        <>
          <p className="lead">{TIERS[proof.tier]}</p>
          <Shown proof={proof} />
          <p className="callout">
            This shows that it no longer fails; whether {fix.fixture.expect.status} is the answer you want is yours to
            judge.
          </p>
        </>
      ) : (
        <NotYet>Nothing is proven yet.</NotYet>
      )}
    </Section>
  )
}

/** The runs and checks of one proof; also of one that was refused. */
export function Shown({ proof }: { proof: Proof }) {
  const { runs, suite, types, smokeChanged, gate, kept, boundary, ms } = proof
  return (
    <>
      <Strips runs={runs} />
      <h3 className="label mt-8">The project’s own tests</h3>
      <SuiteTable suite={suite} />
      <h3 className="label mt-8">Everything else</h3>
      <ul className="checks">
        {types ? (
          <Check
            holds={types.after <= types.before}
            says={`Type errors: ${types.before} before, ${types.after} after`}
          />
        ) : (
          <li>
            <Mark icon="dot" word="None" tone="still" />
            <span>The project declares no type check</span>
          </li>
        )}
        <Check holds={smokeChanged.length === 0} says="The smoke requests answer as before" names={smokeChanged} />
        <Check holds={gate === 'pass'} says="Touches nothing that needs an approval of its own" />
      </ul>
      <Facts>
        <Fact name="Kept as captured">
          {kept.length === 0 ? 'Nothing: the test holds no value of a user' : <Lines lines={kept} />}
        </Fact>
        <Fact name="Boundary">
          <Untrusted text={boundary} />
        </Fact>
        <Fact name="Took">{Math.round(ms / 1000)} s</Fact>
      </Facts>
    </>
  )
}
