import { moveRelease } from '../../lib/actions/moveRelease.ts'
import { isParked, type Release, type ReleaseFacts, type ReleaseState } from '../../lib/domain/release.ts'
import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { issue as issueById } from '../../lib/store/issues.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { release as releaseById } from '../../lib/store/releases.ts'
import { wakePulls } from '../../lib/store/work.ts'
import type { Actor } from '../../lib/world.ts'
import { again, type Context, hold, type Outcome } from './context.ts'
import { ended } from './ended.ts'
import { handOver } from './handOver.ts'
import { judge, judged } from './judge.ts'
import { passOn } from './passOn.ts'
import { inItsPlace, unlessOvertaken, unlessRejected } from './place.ts'
import { promoting } from './promoting.ts'
import { tellHost } from './pulls/tellHost.ts'
import { rollingBack } from './rollingBack.ts'
import { soaking } from './soaking.ts'
import { staging } from './staging.ts'
import { tellDeployed, tellRefusal } from './tellRelease.ts'
import { watching } from './watching.ts'

const STEPS: Record<ReleaseState, (c: Context) => Promise<Outcome | 'done'>> = {
  staging,
  soaking,
  promoting,
  watching,
  'rolling-back': rollingBack,
  cured: ended,
  unexposed: ended,
  relapsed: ended,
  'rolled-back': ended,
  overtaken: async () => 'done',
  held: ended,
}

/** fix → release: one step a call; what a step learned is kept before the next one starts. */
export async function ship(world: Actor, lease: Lease): Promise<Next> {
  if (lease.subject.startsWith('issue:')) return handOver(world, lease)
  if (lease.subject.startsWith('notices:')) return passOn(world, lease)
  if (lease.subject.startsWith('pulls:')) return tellHost(world, lease)
  const c = await contextOf(world, lease)
  const next = await step(c)
  // Also after the step that ends it: what is told over there is made of how it stands.
  if (c.world.review(c.project)) {
    await wakePulls(world.sql, c.project.id)
    world.ring('releaser')
  }
  return next
}

async function step(c: Context): Promise<Next> {
  const { world, lease } = c
  const outcome =
    unlessRejected(c) ??
    (await unlessOvertaken(c)) ??
    (await inItsPlace(c)) ??
    (await unlessAllowed(c)) ??
    (await STEPS[c.release.state](c))
  if (outcome === 'done') return 'done'
  if ('wait' in outcome) return again(outcome.wait)
  await tellRefusal(c, outcome.facts)
  if (outcome.move === 'watching' && c.release.state === 'promoting') await tellDeployed(c)
  const moved = await moveRelease(world, lease, c.release, outcome.move ?? c.release.state, outcome.facts)
  if (moved === 'occupied') return again(2000)
  if (moved === 'lost') throw new Fault('LEASE_LOST', lease.subject)
  return again(outcome.inMs ?? 0)
}

/** Before anything leaves, its tree is judged under the policy of now; a refused one may be shown, never pushed. */
async function unlessAllowed(c: Context): Promise<Outcome | null> {
  const { state, facts } = c.release
  if (state !== 'staging' && state !== 'promoting') return null
  if (!judged(c)) return judge(c)
  return facts.gate?.answer === 'refused' ? hold(c, `the tree gate refuses it: ${facts.gate.why.join(' ')}`) : null
}

async function contextOf(world: Actor, lease: Lease): Promise<Context> {
  const release = await releaseById(world.sql, Number(lease.subject.split(':')[1]))
  const project = release && (await projectById(world.sql, release.project))
  const issue = release && (await issueById(world.sql, release.issue))
  const fix = release && (await fixById(world.sql, release.fix))
  if (!release || !project || !issue || fix?.state !== 'proven') throw new Fault('NOT_FOUND', lease.subject)
  const parked = isParked(release) ? release.facts.refused! : null
  return { world, lease, project, issue, fix, parked, release: { ...release, facts: fresh(release) } }
}

/** A reason to wait is said anew by the step that waits; only a held release keeps its own. */
function fresh({ state, facts }: Release): ReleaseFacts {
  const { waiting, refused, ...rest } = facts
  return state === 'held' ? facts : rest
}
