import type { Serving, ServingPoint } from '../../domain/deployment.ts'
import type { Environment } from '../../domain/event.ts'
import { Fault } from '../../errors.ts'
import { Alias, hasServed, read, type Shift } from './answers.ts'
import { lookUp, note } from './builds.ts'
import { codeOf, isUnsure } from './client.ts'
import { isPinned, isUnderWay, readProject } from './project.ts'
import { type Limit, limitOf, type Space } from './space.ts'

/** Where a domain leads now. */
interface Look extends ServingPoint {
  pinned: boolean
  /** The newest request to move production, whatever became of it. */
  last: Shift | null
}

/**
 * The host counts no moves, so the count is a time of its own clock: when production was last asked to move or its domain
 * last led elsewhere, whichever is later. Every promotion and rollback sets the one, every change of a domain the other,
 * and a build that goes live by itself is a new deployment: there and back again takes one of the first two. It grows, and
 * not by ones. Two moves within the same millisecond would look like one.
 */
async function look(space: Space, environment: Environment, limit: Limit): Promise<Look | null> {
  const domain = space.domain(environment)
  const path = `/v4/aliases/${encodeURIComponent(domain)}`
  const project = environment === 'production' ? await readProject(space, limit) : null
  const { status, json } = await space.call('GET', path, limit)
  const last = project?.lastAliasRequest ?? null
  const alias = status === 200 ? read(Alias, json, `where ${domain} leads`) : null
  if (alias?.projectId && alias.projectId !== space.settings.project)
    throw new Fault('DEPLOY_REFUSED', `${domain} leads to another project.`)
  if (!alias?.deploymentId) return last && isUnderWay(last) ? { ...NOTHING, revision: last.requestedAt, last } : null
  const revision = Math.max(last?.requestedAt ?? 0, alias.updatedAt ?? alias.createdAt ?? 0)
  return { deployment: alias.deploymentId, revision, last, pinned: project ? isPinned(project) : false }
}

const NOTHING = { deployment: '', pinned: false }

/** Shown by the host next to a production that is rolled back. */
const WHO = 'Rolled back by Nightshift'

/** After whatever is under way: what serves while something moves says nothing about what will serve. */
async function quiet(space: Space, environment: Environment, limit: Limit): Promise<Look | null> {
  for (;;) {
    const now = await look(space, environment, limit)
    if (!isUnderWay(now?.last)) return now
    await limit.pause('a move of production that was under way did not end')
  }
}

export async function serving(space: Space, environment: Environment): Promise<Serving | null> {
  const limit = limitOf(space.account.patience)
  const now = await look(space, environment, limit)
  if (!now?.deployment) return null
  const sha = await shaOf(space, now.deployment, limit)
  const url = `${space.scheme}//${space.domain(environment)}`
  // The host itself says that this domain leads to a deployment of this project.
  space.account.hosts.name(url)
  const { deployment, revision, pinned } = now
  return { environment, deployment, revision, sha, url, ...(pinned ? { pinned } : {}) }
}

async function shaOf(space: Space, id: string, limit: Limit): Promise<string> {
  const { commits } = space.account
  const known = commits.get(id)
  if (known) return known.sha
  const found = await lookUp(space, id, limit)
  if (!found) throw new Fault('DEPLOY_REFUSED', `${id} serves, and is no deployment of this project.`)
  return note(space, found).sha
}

export async function shift(
  space: Space,
  environment: Environment,
  verb: 'promote' | 'rollback',
  id: string,
  expected: ServingPoint | null,
): Promise<'done' | 'moved'> {
  const limit = limitOf(space.account.patience)
  const wanted = await lookUp(space, id, limit)
  // Last before the call: whoever moves production after this look is overridden.
  const before = await quiet(space, environment, limit)
  // Rolling back to what serves already is asked for on purpose: the count moves on, if the host lets it.
  const onPurpose = verb === 'rollback' && expected?.deployment === id
  if (before?.deployment === id && !onPurpose) return 'done'
  if (!isSame(before, expected)) return 'moved'
  if (wanted?.readyState !== 'READY') return 'moved'
  if ((wanted.target === 'production') !== (environment === 'production')) return 'moved'
  if (verb === 'rollback' && environment === 'production' && !hasServed(wanted)) return 'moved'
  const sent = await send(space, environment, verb, id, limit)
  if (sent === 'conflict') return (await quiet(space, environment, limit))?.deployment === id ? 'done' : 'moved'
  return arrived(space, environment, id, before?.revision ?? 0, limit)
}

const isSame = (now: ServingPoint | null, expected: ServingPoint | null): boolean =>
  now === null || expected === null
    ? now === expected
    : now.deployment === expected.deployment && now.revision === expected.revision

/** Sent once, whatever comes back: `unsure` is found out by looking. */
async function send(
  space: Space,
  environment: Environment,
  verb: 'promote' | 'rollback',
  id: string,
  { signal }: Limit,
): Promise<'sent' | 'unsure' | 'conflict'> {
  const project = encodeURIComponent(space.settings.project)
  const path = {
    promote: `/v10/projects/${project}/promote/${encodeURIComponent(id)}`,
    rollback: `/v1/projects/${project}/rollback/${encodeURIComponent(id)}`,
    alias: `/v2/deployments/${encodeURIComponent(id)}/aliases`,
  }[environment === 'production' ? verb : 'alias']
  const body = environment === 'production' ? undefined : { alias: space.domain(environment) }
  const query: Record<string, string> = verb === 'rollback' && environment === 'production' ? { description: WHO } : {}
  try {
    const { status, json } = await space.call('POST', path, { query, body, signal })
    if (status < 300) return 'sent'
    if (status === 409) return 'conflict'
    throw new Fault('DEPLOY_REFUSED', `${verb} answered ${status}${codeOf(json)}.`)
  } catch (error) {
    if (isUnsure(error)) return 'unsure'
    throw error
  }
}

/** Looks until the domain leads there by a move that is newer than what was seen before. */
async function arrived(space: Space, environment: Environment, id: string, since: number, limit: Limit) {
  for (;;) {
    const now = await look(space, environment, limit)
    const last = now?.last
    if (last && last.requestedAt > since) {
      if (last.toDeploymentId !== id) return 'moved'
      if (['failed', 'skipped'].includes(last.jobStatus))
        throw new Fault('DEPLOY_REFUSED', `The host says that it ${last.jobStatus}.`)
    }
    if (now?.deployment === id && now.revision > since && !isUnderWay(last)) return 'done'
    await limit.pause(`${id} was not seen to serve ${environment}`)
  }
}
