import { projectBody } from './bodies.ts'
import { type Answer, type Call, no, ok } from './call.ts'
import type { Inside } from './inside.ts'
import { aliased, deploymentOf, type State } from './state.ts'

/** GET /v9/projects/{id} */
export const show = ({ settings, domains }: Inside, state: State, { query }: Call): Answer =>
  ok(projectBody(settings, state, domains.production, query.get('rollbackInfo') === 'true'))

/** PATCH /v9/projects/{id} */
export function change(inside: Inside, { body }: Call): Answer {
  if (typeof body.autoAssignCustomDomains === 'boolean')
    inside.store.change((state) => {
      state.autoAssign = body.autoAssignCustomDomains as boolean
    })
  return ok(projectBody(inside.settings, inside.store.state, inside.domains.production, false))
}

/** GET /v10/projects/{id}/env: names and times, never a value. */
export const environment = (state: State): Answer => ok({ envs: state.env })

/** POST /v10/projects/{id}/env?upsert=true */
export function setEnvironment(inside: Inside, { body }: Call): Answer {
  const { key, target } = body as { key: string; target: string[] }
  if (typeof key !== 'string' || !Array.isArray(target)) return no(400, 'bad_request')
  const updatedAt = inside.now()
  inside.store.change((state) => {
    const known = state.env.find((one) => one.key === key)
    if (known) Object.assign(known, { target, updatedAt })
    else state.env.push({ id: `env_${updatedAt}`, key, target, type: 'encrypted', updatedAt })
  })
  return ok({ created: inside.store.state.env.find((one) => one.key === key), failed: [] }, 201)
}

/** GET /v4/aliases/{alias} */
export function alias({ settings }: Inside, state: State, name: string): Answer {
  const found = state.aliases.find((one) => one.alias === name || one.uid === name)
  if (!found) return no(404, 'not_found')
  const { host } = deploymentOf(state, found.deploymentId)!
  return ok({
    ...found,
    created: new Date(found.createdAt).toISOString(),
    projectId: settings.projectId,
    deployment: { id: found.deploymentId, url: host },
    redirect: null,
  })
}

/** GET /v1/projects/{id}/{promote|rollback}/aliases: how far a request is, by domain. */
export function progress({ domains }: Inside, state: State): Answer {
  const { lastAliasRequest: last } = state
  const id = aliased(state, domains.production)
  const status = last?.jobStatus === 'succeeded' ? 'completed' : (last?.jobStatus ?? 'pending')
  return ok({
    aliases: last ? [{ status, alias: { alias: domains.production, deploymentId: id }, id: 'job_1' }] : [],
    pagination: { count: last ? 1 : 0, next: null, prev: null },
  })
}
