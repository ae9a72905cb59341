import { type Context, hold, type Outcome, unless } from './context.ts'
import { build, built, promote } from './deploy.ts'
import { merge } from './merge.ts'
import { NO_PROBES, send, smokeOf } from './probes.ts'
import { pushBranch } from './push.ts'

const BUILDING_MS = 1000

/** push → merge into staging → build → serve → smoke. One of these a call; each is confirmed before the next. */
export async function staging(c: Context): Promise<Outcome> {
  const { facts } = c.release
  if (!facts.branchSha) return pushBranch(c)
  if (!facts.stagingSha) {
    const done = await merge(c, 'staging', facts.branchSha, null)
    return done.state === 'confirmed' ? { facts: { ...facts, stagingSha: done.receipt.sha } } : unless(c, done)!
  }
  if (!facts.stagingDeployment) {
    const done = await build(c, 'staging', facts.stagingSha)
    return done.state === 'confirmed' ? { facts: { ...facts, stagingDeployment: done.receipt.id } } : unless(c, done)!
  }
  return serve(c, facts.stagingDeployment)
}

async function serve(c: Context, deployment: string): Promise<Outcome> {
  const { facts } = c.release
  const ready = await built(c, deployment)
  if (ready.state === 'building') return { wait: BUILDING_MS, why: 'staging is building' }
  if (ready.state === 'failed') return hold(c, 'the staging build failed')
  const now = await c.world.deploy(c.project).serving('staging')
  if (now?.deployment !== deployment) {
    const done = await promote(c, 'staging', deployment, now?.deployment ?? null)
    if (done.state !== 'confirmed') return unless(c, done)!
  }
  const origin = (await c.world.deploy(c.project).serving('staging'))?.url
  if (!origin) return { wait: BUILDING_MS, why: 'staging does not serve yet' }
  const results = await send(c, origin, smokeOf(c))
  const failed = results.filter((result) => !result.ok).length
  const stagingSmoke = { passed: results.length - failed, failed }
  if (failed > 0)
    return hold(
      { ...c, release: { ...c.release, facts: { ...facts, stagingSmoke } } },
      `${failed} smoke tests failed on staging`,
    )
  return { move: 'soaking', facts: { ...facts, stagingSmoke, soak: emptyWatch(c) } }
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
