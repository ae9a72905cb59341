import type { Deployment } from '../../domain/deployment.ts'
import type { Environment } from '../../domain/event.ts'
import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { Found, idOf, KEY, keyOf, Lines, type Link, madeAt, Page, read, SHA, toDeployment } from './answers.ts'
import { codeOf, isUnsure } from './client.ts'
import { goesLive, readProject } from './project.ts'
import { type Limit, limitOf, type Space } from './space.ts'

/** Pages of a hundred that are searched for a key; a host that knows the filter answers with the right one at once. */
const PAGES = 3
/** Lines and characters of a failed build's own words. */
const LINES = 30
const WHY = 2000

/** Writes down what never changes, and whose address may be shown the bypass secret. */
export function note(space: Space, found: Found): Deployment {
  const deployment = toDeployment(found, space.scheme)
  const { id, sha, environment, url } = deployment
  space.account.commits.set(id, { sha, environment })
  if (url) space.account.hosts.name(url)
  return deployment
}

/** The deployment as the host has it; null for one it does not know, or of another project of the same team. */
export async function lookUp(space: Space, id: string, limit: Limit): Promise<Found | null> {
  const { status, json } = await space.call('GET', `/v13/deployments/${encodeURIComponent(id)}`, limit)
  if (status !== 200) return null
  const found = read(Found, json, 'a deployment')
  return found.projectId === space.settings.project ? found : null
}

export async function deployment(space: Space, id: string): Promise<Deployment | null> {
  const limit = limitOf(space.account.patience)
  const found = await lookUp(space, id, limit)
  if (!found) return null
  const shown = note(space, found)
  return shown.state === 'failed' ? { ...shown, why: await whyFailed(space, shown, limit) } : shown
}

/** What the host says, then the end of what the build said. */
async function whyFailed(space: Space, { id, why }: Deployment, limit: Limit): Promise<string> {
  const query = { builds: '1', limit: '-1', direction: 'forward', follow: '0' }
  const path = `/v3/deployments/${encodeURIComponent(id)}/events`
  const { status, json } = await space.call('GET', path, { query, signal: limit.signal })
  const lines = status === 200 ? (Lines.safeParse(json).data ?? []) : []
  const said = lines.map((line) => line.payload?.text ?? line.text ?? '').filter((line) => line !== '')
  return [why ?? '', ...said.slice(-LINES)].join('\n').slice(-WHY).trim()
}

/** The oldest build with this key, so that every look answers the same one. */
export async function find(space: Space, key: string, limit: Limit = limitOf(space.account.patience)) {
  const query: Record<string, string> = { projectId: space.settings.project, limit: '100', [`meta-${KEY}`]: key }
  const found: Found[] = []
  for (let page = 0; page < PAGES; page++) {
    const { status, json } = await space.call('GET', '/v7/deployments', { query, signal: limit.signal })
    if (status !== 200) throw new Fault('DEPLOY_REFUSED', `It does not list deployments: ${status}${codeOf(json)}.`)
    const { deployments, pagination } = read(Page, json, 'the list of deployments')
    // The filter is the command line's, not a documented one: a host that ignores it answers with everything.
    found.push(...deployments.filter((one) => keyOf(one) === key))
    if (found.length > 0 || !pagination?.next) break
    query.until = String(pagination.next)
  }
  const [first] = found.sort((a, b) => madeAt(a) - madeAt(b) || (idOf(a) < idOf(b) ? -1 : 1))
  return first ? note(space, first) : null
}

/**
 * The key goes into the build's metadata and is looked for first: the host knows no idempotency key. A call whose end
 * nobody saw is asked about until the time is over and never sent again here.
 */
export async function create(space: Space, sha: Sha, environment: Environment, key: string): Promise<Deployment> {
  const limit = limitOf(space.account.patience)
  const same = (one: Deployment) => {
    if (one.sha === sha && one.environment === environment) return one
    throw new Fault('DEPLOY_REFUSED', `The key ${key} already stands for ${one.sha} on ${one.environment}.`)
  }
  const before = await find(space, key, limit)
  if (before) return same(before)
  const project = await readProject(space, limit)
  if (environment === 'production' && goesLive(project)) throw new Fault('DEPLOY_GOES_LIVE')
  const slug = space.settings.staging.environment
  const body = {
    name: project.name,
    project: project.id,
    gitSource: { ...sourceOf(project.link), ref: space.branches[environment], sha },
    meta: { [KEY]: key, [SHA]: sha },
    ...(environment === 'production' ? { target: 'production' } : slug ? { customEnvironmentSlugOrId: slug } : {}),
  }
  // Without it a build that looks like an earlier one may be answered with that one, which has another key.
  const query = { forceNew: '1', skipAutoDetectionConfirmation: '1' }
  try {
    const { status, json } = await space.call('POST', '/v13/deployments', { query, body, signal: limit.signal })
    if (status < 300) return same(note(space, read(Found, json, 'a new deployment')))
    throw new Fault('DEPLOY_REFUSED', `It does not build ${sha.slice(0, 7)}: ${status}${codeOf(json)}.`)
  } catch (error) {
    if (!isUnsure(error)) throw error
    for (;;) {
      await limit.pause('a build whose creation was not answered was not seen')
      const made = await find(space, key, limit)
      if (made) return same(made)
    }
  }
}

/** How the host names the repository it is linked with. */
function sourceOf(link: Link | null | undefined): Record<string, unknown> {
  if (link?.type === 'github' && link.repoId) return { type: 'github', repoId: link.repoId }
  if (link?.type === 'gitlab' && link.projectId) return { type: 'gitlab', projectId: link.projectId }
  throw new Fault('DEPLOY_REFUSED', 'Its project is linked with no repository on GitHub or GitLab.')
}
