import { branchOf } from '../../lib/domain/fix.ts'
import { type Context, hold, type Outcome, turnBack, unless } from './context.ts'
import { build, built, promote } from './deploy.ts'
import { NO_PROBES, send, smokeOf } from './probes.ts'
import { bringIn } from './pulls/bringIn.ts'
import { pushBranch } from './push.ts'

const BUILDING_MS = 1000

/** push → merge into staging → build → serve → smoke. One of these a call; each is confirmed before the next. */
export async function staging(c: Context): Promise<Outcome> {
  const { facts } = c.release
  if (!facts.branchSha) return pushBranch(c)
  if (!facts.stagingSha) {
    const merged = await bringIn(c, 'staging', { branch: branchOf(c.fix.id), head: facts.branchSha }, null)
    return 'sha' in merged ? { facts: { ...facts, stagingSha: merged.sha } } : merged
  }
  if (!facts.stagingDeployment) {
    const { done, request } = await build(c, 'staging', facts.stagingSha)
    if (done.state !== 'confirmed') return unless(c, done, request)!
    return { facts: { ...facts, stagingDeployment: done.receipt.id } }
  }
  return serve(c, facts.stagingDeployment)
}

async function serve(c: Context, deployment: string): Promise<Outcome> {
  const { facts } = c.release
  const ready = await built(c, deployment)
  if (ready.state === 'building') return { wait: BUILDING_MS, why: 'staging is building' }
  if (ready.state === 'failed') return turnBack(c, 'failed', 'The staging build failed.')
  const now = await c.world.deploy(c.project).serving('staging')
  if (now?.deployment !== deployment) {
    // Where going back would lead to is written down before anything moves.
    if (facts.stagingPrevious === undefined) {
      const stagingPrevious = now && { deployment: now.deployment, sha: now.sha }
      return { facts: { ...facts, stagingPrevious } }
    }
    const { done, request } = await promote(c, 'staging', deployment, now)
    if (done.state !== 'confirmed') return unless(c, done, request)!
  }
  const origin = (await c.world.deploy(c.project).serving('staging'))?.url
  if (!origin) return hold(c, 'staging serves nothing any more')
  const results = await send(c, origin, smokeOf(c))
  const failed = results.filter((result) => !result.ok).length
  const tested = { ...facts, stagingSmoke: { passed: results.length - failed, failed } }
  if (failed > 0) return turnBack(c, 'unhealthy', `${failed} smoke tests failed on staging.`, tested)
  return { move: 'soaking', facts: { ...tested, soak: emptyWatch(c) } }
}

/** A window that has seen nothing yet. */
export function emptyWatch(c: Context) {
  const nothing = { requests: 0, failed: 0, p95: null }
  return {
    since: c.world.clock.now().toISOString(),
    probes: NO_PROBES,
    before: nothing,
    after: nothing,
    newErrors: [],
    healthFailures: 0,
  }
}
