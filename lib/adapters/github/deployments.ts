import { z } from 'zod'
import type { DeployRecord } from '../../domain/proposal.ts'
import { Fault } from '../../errors.ts'
import { parsed } from './answers.ts'
import type { Api } from './client.ts'
import { listed } from './lists.ts'
import type { Permissions } from './login.ts'

/** Tokens of its own: an App that was not granted it still repairs, and shows no deployments. */
export const DEPLOYMENTS: Permissions = { metadata: 'read', deployments: 'write' }

const Deployment = z.object({ id: z.number(), payload: z.unknown().optional() })
const Status = z.object({ state: z.string() })
const Payload = z.object({ nightshift: z.string() })

/** The key is in the payload, which people do not see and GitHub keeps as it is, or as the text it was sent as. */
function keyOf(payload: unknown): string | null {
  try {
    const read = Payload.safeParse(typeof payload === 'string' ? JSON.parse(payload) : payload)
    return read.success ? read.data.nightshift : null
  } catch {
    return null
  }
}

const PATH = '/repos/{owner}/{repo}/deployments'
const STATUSES = `${PATH}/{deployment_id}/statuses`

async function find(api: Api, { sha, environment, key }: DeployRecord): Promise<number | null> {
  const all = await listed(api, `GET ${PATH}`, { sha, environment }, Deployment)
  return all.find(({ payload }) => keyOf(payload) === key)?.id ?? null
}

/** Newest first, as GitHub lists them. */
async function stateOf(api: Api, deployment: number): Promise<string | null> {
  const path = `GET ${STATUSES}`
  const { data } = await api.call(path, { deployment_id: deployment, per_page: 1 })
  return parsed(z.array(Status), data, 'list of statuses')[0]?.state ?? null
}

export async function isShownDeployed(api: Api, record: DeployRecord): Promise<boolean> {
  const id = await find(api, record)
  return id !== null && (await stateOf(api, id)) === record.state
}

/** Nothing of GitHub's deploys by it: checks and merges it would want first were looked at by whoever deployed. */
export async function showDeployed(
  api: Api,
  record: DeployRecord,
  page: string | null,
): Promise<{ refused: string } | undefined> {
  try {
    const id = (await find(api, record)) ?? (await create(api, record))
    if ((await stateOf(api, id)) === record.state) return
    const said = { state: record.state, description: 'By Nightshift', auto_inactive: true }
    const log = page ? { log_url: page } : {}
    await api.call(`POST ${STATUSES}`, { deployment_id: id, ...said, ...log }, { once: true })
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'GITHUB_PERMISSIONS') throw error
    return { refused: 'GitHub does not let it show deployments' }
  }
}

async function create(api: Api, { sha, environment, key }: DeployRecord): Promise<number> {
  const asked = { ref: sha, environment, task: 'deploy', auto_merge: false, required_contexts: [] }
  const kind = { production_environment: environment === 'production', transient_environment: false }
  const answer = await api.call(
    `POST ${PATH}`,
    { ...asked, ...kind, payload: { nightshift: key }, description: 'By Nightshift' },
    { once: true },
  )
  return parsed(Deployment, answer.data, 'deployment').id
}
