import { createHash } from 'node:crypto'
import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { Proof } from '../../lib/domain/fix.ts'
import type { FixtureRequest } from '../../lib/domain/fixture.ts'
import { treeWith } from '../../lib/domain/gitTree.ts'
import type { Edit, Oid } from '../../lib/domain/tree.ts'
import { patchHash } from '../../lib/policy/patch.ts'
import type { Checkout } from '../implementer/checkout.ts'
import { edited } from '../implementer/examine.ts'
import { prove } from '../implementer/prove.ts'
import { reproduce } from '../implementer/reproduce.ts'
import type { Attempted, Change } from './attempt.ts'
import type { Ground } from './ground.ts'
import type { Proven } from './prove.ts'
import type { Repaired } from './repair.ts'

/** The event's request failed here as it did there, and is as small as it can be. */
export interface Reproduced {
  base: Checkout
  request: FixtureRequest
  kept: string[]
}

/** Sends the event's request to the app in a sandbox; in words why that shows nothing, where it does not. */
export async function reproduced(ground: Ground, event: ErrorEvent): Promise<Reproduced | string> {
  const { manifest, entries, files, history } = ground
  if (!manifest?.start) return 'the repository does not say how its app is started (nightshift.json)'
  if (!event.request) return 'the event holds no request'
  const base = { sha: history.head ?? '', tree: treeWith(entries, []), entries, files, manifest }
  const made = await reproduce(ground.sandbox, base, ground.dependencies, [event.request], event.fingerprint)
  return made.ok ? { base, request: made.request, kept: made.kept } : made.why
}

type Replayed = Pick<Repaired, 'replay'> & { attempted: Attempted }

/** The same proof as for an error that Nightshift noticed itself: six runs, the suite, the types, the smoke set. */
export async function proveReplayed(
  ground: Ground,
  { base, request, kept }: Reproduced,
  event: ErrorEvent,
  change: Change,
): Promise<Replayed> {
  const { name, edits, summary, assumes } = change
  const patch = patchHash(ground.texts, edited(edits))
  const made = await prove(ground, {
    ...{ fingerprint: event.fingerprint, route: event.route, protect: ground.protect, base, patch },
    ...{ dependencies: ground.dependencies, reproduction: { request, kept } },
    ...{ fixId: createHash('sha256').update(`${event.fingerprint} ${patch}`).digest('hex').slice(0, 12) },
    proposal: { recipe: name, edits, summary, assumes, modelledOn: null },
    started: performance.now(),
  })
  if (!made.ok) {
    // Protected, and everything else holds.
    const guarded = 'final' in made && made.final && made.proof?.gate === 'refused' ? made.proof : null
    const proven = guarded && provenBy(guarded, treeWith(base.entries, bytesOf(edits)))
    return { replay: null, attempted: { change, proven, why: made.why, end: guarded ? 'gate' : 'not-proven' } }
  }
  const { proof, tree, fixture } = made.facts
  const files = made.files.map(({ path, bytes }) => ({ path, text: Buffer.from(bytes).toString('utf8') }))
  return {
    replay: { fixture, type: event.failure.type, message: event.failure.message },
    attempted: {
      change: { ...change, edits: files },
      proven: provenBy(proof, tree),
      ...{ why: null, end: 'proven' },
    },
  }
}

const bytesOf = (edits: Edit[]) => edits.map(({ path, text }) => ({ path, bytes: Buffer.from(text, 'utf8') }))

/** No failing test of the repository is behind it. */
const provenBy = (proof: Proof, tree: Oid): Proven => ({
  tested: { fixed: [], left: [], fresh: [], suite: proof.suite },
  ...{ proof, after: [], tree, why: null },
})
