import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { deploymentBody, listItem } from './bodies.ts'
import { type Answer, type Call, no, ok } from './call.ts'
import type { Inside } from './inside.ts'
import { autoAssign } from './shift.ts'
import { deploymentOf, type EmulatedDeployment, type State } from './state.ts'

const LOOK_MS = 50
const PAGE = 100

/** POST /v13/deployments from a git source. Asking twice makes two: the service knows no idempotency key. */
export async function create(inside: Inside, { body }: Call): Promise<Answer> {
  const { settings, store, platform, edge } = inside
  const git = (body.gitSource ?? {}) as Record<string, unknown>
  if (body.project !== settings.projectId && body.project !== settings.name) return no(404, 'not_found')
  if (git.type !== 'github' || String(git.repoId) !== String(settings.repoId)) return no(400, 'incorrect_git_source')
  if (typeof git.sha !== 'string' || typeof git.ref !== 'string') return no(400, 'bad_request')
  const slug = (body.customEnvironmentSlugOrId as string | undefined) ?? null
  if (slug !== null && !settings.environments.includes(slug)) return no(400, 'custom_environment_not_found')
  const target = body.target === 'production' ? 'production' : null
  const id = `dpl_${randomBytes(12).toString('hex')}`
  const built = await platform.create(git.sha, target ?? 'staging', id)
  const host = await edge.door(async () => {
    const { url } = await platform.deployment(built.id)
    const environment = target ?? 'preview'
    return { origin: url, deployment: id, environment, protected: settings.protected }
  })
  const made: EmulatedDeployment = {
    ...{ id, build: built.id, sha: git.sha, ref: git.ref, target, environment: slug, host },
    ...{ meta: (body.meta ?? {}) as Record<string, string>, crons: settings.crons },
    ...{ readyState: 'QUEUED', readySubstate: null, createdAt: inside.now(), readyAt: null, error: null },
  }
  store.change((state) => void state.deployments.push(made))
  inside.effects.push({ what: 'created', deployment: id })
  inside.tell('deployment.created', made)
  inside.later(follow(inside, made))
  return ok(deploymentBody(settings, store.state, made))
}

/** Until the platform is done with a build. */
async function follow(inside: Inside, made: EmulatedDeployment): Promise<void> {
  const be = (how: Partial<EmulatedDeployment>) =>
    inside.store.change((state) => void Object.assign(deploymentOf(state, made.id)!, how))
  be({ readyState: 'BUILDING' })
  for (;;) {
    await delay(LOOK_MS)
    if (inside.closing.aborted || deploymentOf(inside.store.state, made.id)?.readyState === 'CANCELED') return
    const { state, why } = await inside.platform.deployment(made.build)
    if (state === 'building') continue
    if (state === 'failed') be({ readyState: 'ERROR', error: why })
    else
      be({ readyState: 'READY', readyAt: inside.now(), readySubstate: made.target === 'production' ? 'STAGED' : null })
    inside.tell(state === 'failed' ? 'deployment.error' : 'deployment.ready', made)
    return state === 'ready' ? autoAssign(inside, made.id) : undefined
  }
}

/** GET /v7/deployments, newest first. */
export function list({ settings }: Inside, state: State, { query }: Call): Answer {
  const asked = (name: string) => query.get(name)
  const states = asked('state')?.split(',')
  const until = Number(asked('until') ?? Number.POSITIVE_INFINITY)
  const found = state.deployments
    .filter(() => [null, settings.projectId].includes(asked('projectId')))
    .filter((d) => asked('sha') === null || d.sha === asked('sha'))
    .filter((d) => asked('target') === null || (d.target ?? 'preview') === asked('target'))
    .filter((d) => !states || states.includes(d.readyState))
    .filter((d) => asked('rollbackCandidate') !== 'true' || d.readySubstate === 'PROMOTED')
    .filter((d) => d.createdAt < until)
    .filter((d) =>
      [...query].every(([name, value]) => !name.startsWith('meta-') || d.meta[name.slice('meta-'.length)] === value),
    )
    .reverse()
  const page = found.slice(0, Math.min(Number(asked('limit') ?? 20), PAGE))
  const next = found.length > page.length ? page.at(-1)!.createdAt : null
  return ok({
    deployments: page.map((d) => listItem(settings, d)),
    pagination: { count: page.length, next, prev: null },
  })
}

/** GET /v3/deployments/{id}/events: the build's own lines. */
export function events(state: State, id: string): Answer {
  const found = deploymentOf(state, id)
  if (!found) return no(404, 'not_found')
  const lines = (found.error ?? '').split('\n').filter((line) => line !== '')
  return ok(
    lines.map((text) => ({ type: 'stderr', created: found.createdAt, payload: { text, deploymentId: found.id } })),
  )
}

/** PATCH /v12/deployments/{id}/cancel */
export function cancel(inside: Inside, id: string): Answer {
  const found = deploymentOf(inside.store.state, id)
  if (!found) return no(404, 'not_found')
  if (!['QUEUED', 'BUILDING'].includes(found.readyState)) return no(400, 'not_cancelable')
  inside.store.change((state) => {
    deploymentOf(state, id)!.readyState = 'CANCELED'
  })
  inside.effects.push({ what: 'canceled', deployment: id })
  return ok(deploymentBody(inside.settings, inside.store.state, found))
}
