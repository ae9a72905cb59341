import { fixturePathOf, type Proof } from '../../lib/domain/fix.ts'
import type { Fixture } from '../../lib/domain/fixture.ts'
import { treeWith } from '../../lib/domain/gitTree.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import { diffOf } from '../../lib/policy/patch.ts'
import { proofProblem } from '../../lib/policy/proof.ts'
import { smokeRequestsOf } from '../../lib/policy/replayRequest.ts'
import { riskOf } from '../../lib/policy/risk.ts'
import type { Runner, Sandbox } from '../../lib/world.ts'
import { alternate } from './abab.ts'
import type { Attempt } from './attempt.ts'
import { type Checkout, type Trees, withEdits } from './checkout.ts'
import { edited, integrityProblem, textsOf } from './examine.ts'
import { gateOf, gateSentence } from './gate.ts'
import { appOf, runHarness } from './harness.ts'
import { smokeBefore, smokeChanges, smokeSetOf, untouched } from './smoke.ts'
import { compareSuite } from './suite.ts'
import { compareTypes } from './types.ts'

export interface Candidate {
  /** What the error is recognised by, and the route it was seen on. */
  fingerprint: string
  route: string | null
  /** What people protect besides the floor. */
  protect: string[]
  base: Checkout
  dependencies: string | null
  fixId: string
  reproduction: { request: Fixture['request']; kept: string[] }
  proposal: Proposal
  patch: string
  started: number
}

/** Section 5 of the design, in order: gate, A B A B A B, the rest of the suite, types. The proof decides, not the author. */
export async function prove(world: Runner, c: Candidate): Promise<Attempt> {
  const { base, proposal, patch, dependencies } = c
  const before = textsOf(base)
  const after = edited(proposal.edits)
  const diff = diffOf(before, after)
  const refuse = (why: string, proof: Proof | null = null, final = false): Attempt => ({
    ok: false,
    why,
    proof,
    patch,
    diff,
    final,
  })
  const impure = integrityProblem(base, proposal.edits)
  if (impure) return refuse(impure)
  const patched = withEdits(base.files, proposal.edits)
  const fixture = await rehearse(world, c, patched)
  if (typeof fixture === 'string') return refuse(fixture)
  const path = fixturePathOf(base.manifest.replay.fixtures, c.fixId)
  const file = { path, text: `${JSON.stringify(fixture, null, 2)}\n` }
  const files = [...proposal.edits, file].map((edit) => ({ path: edit.path, bytes: Buffer.from(edit.text, 'utf8') }))
  const tree = treeWith(base.entries, files)
  const trees = { A: withEdits(base.files, [file]), B: withEdits(patched, [file]), tree }
  const gate = gateOf(base, [...proposal.edits, file], c.protect, path)
  const { sandbox } = world
  const boundary = (await sandbox.selfTest()).boundary
  // The rest needs none of A B's answers; the two run side by side.
  const [{ runs, smoke, why }, { suite, types, untouchedSmoke }] = await Promise.all([
    alternate(sandbox, base, dependencies, trees, fixture, c.fingerprint),
    compareRest(sandbox, c, trees),
  ])
  const proof: Proof = {
    tier: 'replayed',
    runs,
    suite,
    types,
    smokeChanged: why ? [] : smokeChanges(smokeSetOf(base), untouchedSmoke, smoke),
    gate: gate.answer,
    kept: c.reproduction.kept,
    boundary,
    ms: Math.round(performance.now() - c.started),
  }
  const unproven = why ?? proofProblem(proof)
  if (unproven) return refuse(unproven, proof)
  // Proven before it is refused: a person who takes a protected file over begins with a patch that is known to work.
  if (gate.answer === 'refused') return refuse(gateSentence(gate), proof, true)
  untouched.keep(tree, dependencies, smoke)
  return {
    ok: true,
    files,
    facts: {
      tree,
      patch,
      fixture,
      diff,
      probes: { health: base.manifest.health, smoke: smokeRequestsOf(base.manifest) },
      summary: proposal.summary,
      assumes: proposal.assumes,
      risk: riskOf({
        before,
        after,
        critical: base.manifest.critical.includes(c.route ?? ''),
        tier: proof.tier,
        kept: proof.kept.length,
      }),
      proof,
    },
  }
}

/** One after the other: beside A B they have a core's worth of the machine. */
async function compareRest(sandbox: Sandbox, { base, dependencies, fixId }: Candidate, trees: Trees) {
  const suite = await compareSuite(sandbox, base, dependencies, trees, fixId)
  const types = await compareTypes(sandbox, base, dependencies, trees)
  return { suite, types, untouchedSmoke: await smokeBefore(sandbox, base, dependencies) }
}

/** One run of the patched app, to learn which status the fixture is to expect: the patch's own guard chose it. */
async function rehearse(world: Runner, c: Candidate, patched: Checkout['files']): Promise<Fixture | string> {
  const { base, reproduction } = c
  const { result } = await runHarness(world.sandbox, patched, c.dependencies, {
    kind: 'replay',
    app: appOf(base.manifest),
    requests: [reproduction.request],
    smoke: [],
    tracked: patched.map((file) => file.path),
  })
  if (result.kind === 'failed') return `with the fix the app did not ${result.stage}: ${result.why}`
  const status = result.answers.at(-1)?.status ?? 0
  if (status < 100 || status >= 500) return `with the fix the request still answered ${status}`
  return { id: c.fixId, route: c.route ?? '', request: reproduction.request, expect: { status } }
}
