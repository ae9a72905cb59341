import type { Fix, Proof, ProofRun, Tier } from '@/lib/domain/fix.ts'
import { Mark } from './badge.tsx'
import { Cite } from './cite.tsx'
import { Lines } from './fixChapter.tsx'
import { RunsSaw } from './runsSaw.tsx'
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
          <p className="mt-2 text-soft">
            {(['A', 'B'] as const).map((side) => (
              <span key={side}>
                {side === 'A' ? 'Without the fix: ' : 'With it: '}
                {numbersOf(proof.runs, side).map((n) => (
                  <Cite key={n} of="run" n={n} />
                ))}
              </span>
            ))}
          </p>
          <Shown proof={proof} name="run" />
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

const numbersOf = (runs: ProofRun[], side: 'A' | 'B'): number[] =>
  runs.flatMap((run, i) => (run.side === side ? [i + 1] : []))

/** The runs and checks of one proof; also of one that was refused. `name`: of its runs on the page. */
export function Shown({ proof, name }: { proof: Proof; name: string }) {
  const { runs, suite, types, smokeChanged, gate, kept, boundary, ms } = proof
  return (
    <>
      <Strips runs={runs} name={name} />
      <RunsSaw runs={runs} name={name} />
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
