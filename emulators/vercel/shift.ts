import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, no, ok } from './call.ts'
import type { Inside } from './inside.ts'
import { aliased, deploymentOf } from './state.ts'

/**
 * POST …/promote/{id} and …/rollback/{id}: taken on now, done a while later. There is no compare-and-set: whoever asks
 * last wins, as at the real service.
 */
export function shift(inside: Inside, id: string, type: 'promote' | 'rollback'): Answer {
  const { store, settings, domains } = inside
  const wanted = deploymentOf(store.state, id)
  if (!wanted) return no(404, 'not_found')
  if (wanted.target !== 'production' || wanted.readyState !== 'READY') return no(400, 'bad_request')
  if (type === 'rollback' && wanted.readySubstate !== 'PROMOTED') return no(422, 'not_a_rollback_candidate')
  const { lastAliasRequest: last } = store.state
  if (last?.jobStatus === 'pending' || last?.jobStatus === 'in-progress') return no(409, 'conflict')
  const now = aliased(store.state, domains.production)
  const taken = type === 'rollback' && settings.rollbackToCurrent === 'taken'
  if (now === id && !taken) return no(409, 'conflict')
  const requestedAt = inside.now()
  store.change((state) => {
    const toDeploymentId = id
    state.lastAliasRequest = { fromDeploymentId: now, toDeploymentId, jobStatus: 'pending', requestedAt, type }
  })
  inside.effects.push({ what: type === 'promote' ? 'promoted' : 'rolled-back', deployment: id })
  // Heard of when it is taken on, possibly before anything moves.
  if (type === 'rollback') inside.tell('deployment.rollback', wanted)
  inside.later(settle(inside, id, type))
  return { status: 201, json: null }
}

async function settle(inside: Inside, id: string, type: 'promote' | 'rollback'): Promise<void> {
  const { store, settings } = inside
  const be = (jobStatus: 'in-progress' | 'succeeded' | 'failed') =>
    store.change((state) => {
      if (state.lastAliasRequest) state.lastAliasRequest.jobStatus = jobStatus
    })
  await delay(settings.settleMs / 2, undefined, { signal: inside.closing }).catch(() => {})
  be('in-progress')
  await delay(settings.settleMs / 2, undefined, { signal: inside.closing }).catch(() => {})
  if (inside.closing.aborted) return
  if (!(await point(inside, id))) return be('failed')
  store.change((state) => {
    state.pinned = type === 'rollback'
  })
  be('succeeded')
  if (type === 'promote') inside.tell('deployment.promoted', deploymentOf(store.state, id)!)
}

/** Points the production domain at a build. */
async function point(inside: Inside, id: string): Promise<boolean> {
  const { store, platform, domains } = inside
  const why = await platform.serve('production', deploymentOf(store.state, id)!.build)
  if (why !== null) return false
  store.change((state) => {
    deploymentOf(state, id)!.readySubstate = 'PROMOTED'
  })
  lead(inside, domains.production, id)
  return true
}

/** Leads an alias to a deployment. */
export function lead(inside: Inside, alias: string, deploymentId: string): void {
  const at = inside.now()
  inside.store.change((state) => {
    const known = state.aliases.find((one) => one.alias === alias)
    if (known) Object.assign(known, { deploymentId, updatedAt: at })
    else state.aliases.push({ uid: `als_${at}`, alias, deploymentId, createdAt: at, updatedAt: at })
  })
}

/** What happens to a production build that is ready where domains are assigned by themselves. */
export async function autoAssign(inside: Inside, id: string): Promise<void> {
  const { autoAssign: on, pinned } = inside.store.state
  if (!on || pinned || deploymentOf(inside.store.state, id)?.target !== 'production') return
  inside.effects.push({ what: 'auto-assigned', deployment: id })
  await point(inside, id)
}

/** POST /v2/deployments/{id}/aliases: at once, and again without complaint. */
export async function assign(inside: Inside, id: string, alias: unknown): Promise<Answer> {
  const { store, domains, platform } = inside
  const found = deploymentOf(store.state, id)
  if (!found) return no(404, 'not_found')
  if (alias !== domains.staging) return no(403, 'not_authorized')
  if (found.readyState !== 'READY') return no(400, 'deployment_not_ready')
  const oldDeploymentId = aliased(store.state, alias)
  if ((await platform.serve('staging', found.build)) !== null) return no(400, 'deployment_not_ready')
  lead(inside, alias, id)
  inside.effects.push({ what: 'aliased', deployment: id })
  const { uid, createdAt: created } = store.state.aliases.find((one) => one.alias === alias)!
  return ok({ uid, alias, created, oldDeploymentId })
}
