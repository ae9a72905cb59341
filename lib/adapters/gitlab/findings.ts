import { z } from 'zod'
import type { HostFinding } from '../../domain/deployment.ts'
import type { Project } from '../../domain/project.ts'
import type { CodeReader } from '../../world.ts'
import { reached } from '../git/findings.ts'
import { gitlabApi, parsed } from './client.ts'
import { type GitlabOptions, pathOf } from './place.ts'

const Self = z.object({
  ...{ scopes: z.array(z.string()), expires_at: z.string().nullish(), active: z.boolean(), revoked: z.boolean() },
})
const NEEDED = ['api', 'write_repository']
/** Of whoever may do anything to everybody. */
const TOO_MUCH = ['sudo', 'admin_mode', 'create_runner', 'manage_runner', 'k8s_proxy']
const SOON_DAYS = 14

/** What `nightshift doctor` says about a project on GitLab: the token, as GitLab itself describes it, and the branch. */
export async function gitlabFindings(
  options: GitlabOptions & { hasReadToken: boolean },
  project: Project,
  reader: CodeReader,
  now = new Date(),
): Promise<HostFinding[]> {
  return [...(await tokenFindings(options, project, now)), await reached(project, reader)]
}

async function tokenFindings(
  options: GitlabOptions & { hasReadToken: boolean },
  project: Project,
  now: Date,
): Promise<HostFinding[]> {
  const token = (state: HostFinding['state'], detail: string): HostFinding => ({ state, name: 'token', detail })
  try {
    const api = gitlabApi(options, pathOf(options.url, project))
    const { status, data } = await api.get('/personal_access_tokens/self', {}, [404])
    if (status === 404) return [token('note', 'GitLab does not say what it may do')]
    const { scopes, expires_at: ends, active, revoked } = parsed(Self, data, 'token')
    const missing = NEEDED.filter((scope) => !scopes.includes(scope))
    const over = TOO_MUCH.filter((scope) => scopes.includes(scope))
    const days = ends ? Math.floor((Date.parse(ends) - now.getTime()) / 86_400_000) : null
    return [
      ...(active && !revoked ? [] : [token('fails', 'it was revoked or has expired: make a new one')]),
      ...(missing.length > 0 ? [token('fails', `it lacks ${missing.join(' and ')}`)] : []),
      ...(over.length > 0 ? [token('fails', `it may do more than is accepted: ${over.join(', ')}`)] : []),
      ...(days !== null && days < SOON_DAYS ? [token('note', `it ends on ${ends}: make a new one before`)] : []),
      ...(options.hasReadToken
        ? []
        : [token('note', 'what only reads holds the token that may push: GITLAB_READ_TOKEN')]),
    ]
  } catch (error) {
    return [token('fails', error instanceof Error ? error.message : String(error))]
  }
}
