import { moveRelease } from '../../lib/actions/moveRelease.ts'
import type { ReleaseState } from '../../lib/domain/release.ts'
import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { issue as issueById } from '../../lib/store/issues.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { release as releaseById } from '../../lib/store/releases.ts'
import type { Actor } from '../../lib/world.ts'
import { again, type Context, type Outcome } from './context.ts'
import { ended } from './ended.ts'
import { handOver } from './handOver.ts'
import { promoting } from './promoting.ts'
import { soaking } from './soaking.ts'
import { staging } from './staging.ts'
import { watching } from './watching.ts'

const STEPS: Record<ReleaseState, (c: Context) => Promise<Outcome | 'done'>> = {
  staging,
  soaking,
  promoting,
  watching,
  cured: ended,
  unexposed: ended,
  relapsed: ended,
  'rolled-back': ended,
  held: ended,
}

/** fix → release: one step a call; what a step learned is kept before the next one starts. */
export async function ship(world: Actor, lease: Lease): Promise<Next> {
  if (lease.subject.startsWith('issue:')) return handOver(world, lease)
  const c = await contextOf(world, lease)
  const outcome = await STEPS[c.release.state](c)
  if (outcome === 'done') return 'done'
  if ('wait' in outcome) return again(outcome.wait)
  const moved = await moveRelease(world, lease, c.release, outcome.move ?? c.release.state, outcome.facts)
  if (moved === 'occupied') return again(2000)
  if (moved === 'lost') throw new Fault('LEASE_LOST', lease.subject)
  return again(outcome.inMs ?? 0)
}

async function contextOf(world: Actor, lease: Lease): Promise<Context> {
  const release = await releaseById(world.sql, Number(lease.subject.split(':')[1]))
  const project = release && (await projectById(world.sql, release.project))
  const issue = release && (await issueById(world.sql, release.issue))
  const fix = release && (await fixById(world.sql, release.fix))
  if (!release || !project || !issue || fix?.state !== 'proven') throw new Fault('NOT_FOUND', lease.subject)
  // A reason to wait is said anew by the step that waits; only a held release keeps its own.
  const { waiting, ...facts } = release.facts
  const fresh = release.state === 'held' ? release.facts : facts
  return { world, lease, project, issue, fix, release: { ...release, facts: fresh } }
}
