import { z } from 'zod'
import type { SandboxChoice } from '../domain/sandboxChoice.ts'
import { addressProblem } from './modelRoute.ts'

export const SANDBOXES = ['bubblewrap', 'docker', 'vercel'] as const

/** What holds untrusted code, and where it is. */
const Env = z.object({
  SANDBOX: z.enum(SANDBOXES).default('bubblewrap'),
  /** Unix socket of a Docker engine on this machine. */
  DOCKER_SOCKET: z.string().startsWith('/').default('/var/run/docker.sock'),
  /** Whose machines: an access token with its team and project, or one OIDC token that names both. */
  VERCEL_TOKEN: z.string().min(1).optional(),
  VERCEL_TEAM_ID: z.string().min(1).optional(),
  VERCEL_PROJECT_ID: z.string().min(1).optional(),
  VERCEL_OIDC_TOKEN: z.string().min(1).optional(),
  /** Image machines are made of, as Vercel names it. */
  VERCEL_SANDBOX_IMAGE: z.string().min(1).optional(),
  /** Where the service of machines answers, when it is not Vercel's own. */
  VERCEL_SANDBOX_URL: z.string().min(1).optional(),
})
type Env = z.infer<typeof Env>

const Claims = z.object({ owner_id: z.string().min(1), project_id: z.string().min(1) })

/** Team and project an OIDC token says it is of. Nobody's word is taken for it: Vercel verifies the token. */
function claims(token: string): { teamId: string; projectId: string } | null {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
    const { owner_id: teamId, project_id: projectId } = Claims.parse(JSON.parse(text))
    return { teamId, projectId }
  } catch {
    return null
  }
}

function vercelChoice(e: Env): { choice: SandboxChoice | null; problems: string[] } {
  const { VERCEL_SANDBOX_IMAGE: image, VERCEL_SANDBOX_URL: url } = e
  const wrong = url && addressProblem(url)
  if (wrong) return { choice: null, problems: [`VERCEL_SANDBOX_URL: ${wrong}`] }
  const further = { ...(image ? { image } : {}), ...(url ? { url: url.replace(/\/+$/, '') } : {}) }
  const { VERCEL_TOKEN: token, VERCEL_TEAM_ID: teamId, VERCEL_PROJECT_ID: projectId, VERCEL_OIDC_TOKEN: oidc } = e
  if (token && teamId && projectId)
    return { choice: { kind: 'vercel', token, teamId, projectId, ...further }, problems: [] }
  // A token without a project may be there for the deploy port alone.
  if (!(token && projectId) && oidc) {
    const named = claims(oidc)
    if (named) return { choice: { kind: 'vercel', token: oidc, ...named, ...further }, problems: [] }
    return { choice: null, problems: ['VERCEL_OIDC_TOKEN: it does not name a team and a project'] }
  }
  const wanted = { VERCEL_TOKEN: token, VERCEL_TEAM_ID: teamId, VERCEL_PROJECT_ID: projectId }
  const missing = Object.entries(wanted).filter(([, value]) => !value)
  return { choice: null, problems: missing.map(([name]) => `${name}: SANDBOX=vercel needs it`) }
}

/** Everything that is missing or malformed at once; nothing of the choices that were not taken. */
export function parseSandbox(env: Record<string, string | undefined>): {
  choice: SandboxChoice | null
  problems: string[]
} {
  const parsed = Env.safeParse(env)
  if (!parsed.success)
    return { choice: null, problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  const e = parsed.data
  if (e.SANDBOX === 'vercel') return vercelChoice(e)
  if (e.SANDBOX === 'docker') return { choice: { kind: 'docker', socket: e.DOCKER_SOCKET }, problems: [] }
  return { choice: { kind: 'bubblewrap' }, problems: [] }
}
