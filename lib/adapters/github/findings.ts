import { createAppAuth } from '@octokit/auth-app'
import { z } from 'zod'
import type { CodeChoice } from '../../domain/codeChoice.ts'
import { type Finding, ill, noted, scopesFinding, well } from '../../domain/finding.ts'
import type { Project } from '../../domain/project.ts'
import { Fault } from '../../errors.ts'
import { type Api, githubClient } from './client.ts'
import { Installation, tokensFor } from './login.ts'
import { heldScopes, NEVER } from './permissions.ts'
import { placeOf } from './repository.ts'

type Github = Extract<CodeChoice, { kind: 'github' }>
type Options = Pick<Github, 'apiUrl' | 'login'> & { paced?: boolean }

const App = z.object({ slug: z.string().max(100), permissions: z.record(z.string(), z.string()) })
const PATIENCE_MS = 9000

/** Whether the login is known at GitHub, reaches the project's repository, and may do enough and not too much there. */
export async function githubFindings(options: Options, project: Project): Promise<Finding[]> {
  const { apiUrl, login, paced } = options
  const api = githubClient({ apiUrl, paced, id: `doctor ${project.slug}`, token: async () => '' }).begin(PATIENCE_MS)
  const found: Finding[] = []
  try {
    const place = placeOf(project.settings.repository)
    if (login.kind === 'token') {
      await tokensFor(login, place, {}, () => api)(null)
      found.push(well('login', `the token reaches ${place.owner}/${place.repo}`))
      found.push(noted('permissions', 'what a token may do GitHub says nowhere; only administration can be found out'))
      return found
    }
    const auth = createAppAuth({ appId: login.appId, privateKey: login.privateKey, log: { warn: () => {} } })
    const headers = { authorization: `bearer ${(await auth({ type: 'app' })).token}` }
    const app = App.parse((await api.call('GET /app', { headers })).data)
    found.push(well('login', `GitHub knows the App ${app.slug} (${login.appId})`))
    found.push(...(await installed(api, headers, place)))
  } catch (error) {
    found.push(asFinding('login', error))
  }
  return found
}

async function installed(api: Api, headers: object, place: { owner: string; repo: string }): Promise<Finding[]> {
  const where = `${place.owner}/${place.repo}`
  const answer = await api.call('GET /repos/{owner}/{repo}/installation', { ...place, headers }, { accept: [404] })
  if (answer.status === 404)
    return [
      ill(
        'installation',
        `the App is not installed on ${where}`,
        'Install it there: the page of GitHub’s App has the button.',
      ),
    ]
  const { permissions, suspended_at: suspended } = Installation.parse(answer.data)
  if (suspended)
    return [
      ill(
        'installation',
        `its installation on ${place.owner} is suspended`,
        'Lift the suspension in GitHub’s settings.',
      ),
    ]
  const never = NEVER.flatMap((name) => [`${name}:read`, `${name}:write`])
  const scopes = { ...heldScopes(permissions), never }
  return [
    well('installation', `the App is installed on ${where}`),
    scopesFinding('permissions', scopes, 'the App’s settings on GitHub, and accept it where it is installed'),
  ]
}

/** A fault of ours in its own words; anything else is a service that answered strangely. */
export function asFinding(name: string, error: unknown): Finding {
  if (error instanceof Fault) return ill(name, error.message, error.remedy)
  if (error instanceof z.ZodError)
    return ill(name, 'its answer is not what was expected', 'Look at the address that is set.')
  throw error
}
