import { createAppAuth } from '@octokit/auth-app'
import { z } from 'zod'
import type { GithubLogin } from '../../domain/codeChoice.ts'
import { Fault } from '../../errors.ts'
import type { Api } from './client.ts'
import { NEVER } from './permissions.ts'

export type Permissions = Record<string, 'read' | 'write'>

export const Installation = z.object({
  id: z.number(),
  permissions: z.record(z.string(), z.string()),
  suspended_at: z.string().nullish(),
})
const Issued = z.object({
  token: z.string().min(1),
  expiresAt: z.string(),
  permissions: z.record(z.string(), z.string()).nullish(),
})
/** A token is renewed a minute before its end, by this machine's clock. */
const EARLY_MS = 60_000

export interface Place {
  owner: string
  repo: string
}

/** Which token to send for one repository, with these permissions and no others where the login can be narrowed. */
export function tokensFor(login: GithubLogin, place: Place, wanted: Permissions, api: () => Api) {
  const source = login.kind === 'app' ? appTokens(login, place, wanted, api) : personalToken(login.token, place, api)
  return (refused: string | null): Promise<string> => source(refused)
}

function appTokens(login: Extract<GithubLogin, { kind: 'app' }>, place: Place, wanted: Permissions, api: () => Api) {
  const issue = async (_route: string, { installation_id, repositories, permissions, headers }: Issue) => {
    const path = `POST /app/installations/${installation_id}/access_tokens`
    return api().call(path, { repositories, permissions, headers })
  }
  const auth = createAppAuth({
    ...{ appId: login.appId, privateKey: login.privateKey, log: { warn: () => {} } },
    request: issue as never,
  })
  let current: { token: string; until: number } | null = null
  let renewing: Promise<string> | null = null

  /** With every token: an App may have been granted more, or installed anew under another number. */
  async function look(): Promise<number> {
    const { token: jwt } = await auth({ type: 'app' })
    const headers = { authorization: `bearer ${jwt}` }
    const answer = await api().call('GET /repos/{owner}/{repo}/installation', { ...place, headers }, { accept: [404] })
    if (answer.status === 404)
      throw new Fault('GITHUB_NOT_INSTALLED', `It is not installed on ${place.owner}/${place.repo}.`)
    const { id, permissions, suspended_at: suspended } = Installation.parse(answer.data)
    if (suspended) throw new Fault('GITHUB_NOT_INSTALLED', `Its installation on ${place.owner} is suspended.`)
    refuseMore(permissions)
    const missing = Object.entries(wanted).filter(([name, access]) => !enough(permissions[name], access))
    if (missing.length > 0)
      throw new Fault('GITHUB_PERMISSIONS', `It lacks ${missing.map((one) => one.join(': ')).join(', ')}.`)
    return id
  }

  async function renew(): Promise<string> {
    const asked = { installationId: await look(), repositoryNames: [place.repo], permissions: wanted }
    // What it keeps itself is not asked for: it knows tokens by their names alone, whoever's they are.
    const issued = Issued.parse(await auth({ type: 'installation', ...asked, refresh: true }))
    refuseMore(issued.permissions ?? {})
    current = { token: issued.token, until: Date.parse(issued.expiresAt) - EARLY_MS }
    return issued.token
  }

  return async (refused: string | null): Promise<string> => {
    // One that was refused may have been replaced by somebody else meanwhile.
    if (current && current.token !== refused && current.until > Date.now()) return current.token
    renewing ??= renew().finally(() => {
      renewing = null
    })
    return renewing
  }
}

interface Issue {
  installation_id: number
  repositories?: string[]
  permissions?: Permissions
  headers: Record<string, string>
}

function refuseMore(permissions: Record<string, string>): void {
  const more = NEVER.filter((name) => permissions[name])
  if (more.length > 0) throw new Fault('GITHUB_OVER_SCOPED', `They include ${more.join(' and ')}.`)
}

const enough = (has: string | undefined, needs: string): boolean => has === needs || has === 'write' || has === 'admin'

/**
 * A token of a person's. What a fine-grained one may do is said nowhere, so it is asked for something only `administration`
 * is answered; a classic one says its scopes, and any of them is everything the person may.
 */
function personalToken(token: string, place: Place, api: () => Api) {
  const headers = { authorization: `bearer ${token}` }
  let checked: Promise<void> | null = null
  async function check(): Promise<void> {
    const repo = await api().call('GET /repos/{owner}/{repo}', { ...place, headers })
    if (repo.headers['x-oauth-scopes'] !== undefined)
      throw new Fault('GITHUB_OVER_SCOPED', 'It is a classic token, which holds for every repository.')
    const branch = z.object({ default_branch: z.string() }).parse(repo.data).default_branch
    const path = 'GET /repos/{owner}/{repo}/branches/{branch}/protection'
    const answer = await api().call(path, { ...place, branch, headers }, { accept: [403, 404] })
    const mayLook = answer.status === 200 || /not protected/i.test(JSON.stringify(answer.data))
    if (mayLook) throw new Fault('GITHUB_OVER_SCOPED', 'They include administration.')
  }
  return async (): Promise<string> => {
    checked ??= check()
    await checked.catch((error) => {
      checked = null
      throw error
    })
    return token
  }
}
