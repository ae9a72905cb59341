import { z } from 'zod'
import type { DeployChoice } from '../domain/deployChoice.ts'

export const DEPLOYS = ['process', 'vercel'] as const

const secret = z.string().min(16).optional()

/** Where the app is deployed. `VERCEL_TOKEN` and `VERCEL_TEAM_ID` are those of the sandbox, where that is there too. */
const Env = z.object({
  DEPLOY: z.enum(DEPLOYS).default('process'),
  PLATFORM_URL: z.url().optional(),
  PLATFORM_TOKEN: secret,
  VERCEL_TOKEN: z.string().min(1).optional(),
  VERCEL_TEAM_ID: z.string().min(1).optional(),
  VERCEL_API_URL: z.url().default('https://api.vercel.com'),
  /** What lets probes through the protection of deployments: the project's "Protection Bypass for Automation". */
  VERCEL_BYPASS_SECRET: secret,
  /** Shown once, when the webhook is made. */
  VERCEL_WEBHOOK_SECRET: secret,
  VERCEL_DRAIN_SECRET: secret,
  /** The code Vercel asks for before it sends anything to a drain. */
  VERCEL_DRAIN_VERIFY: z.string().min(1).optional(),
})
type Env = z.infer<typeof Env>

/** Every setting of a deploy port but the choice itself; a start hands these on where that port is chosen. */
export const VERCEL_DEPLOY_SETTINGS = Object.keys(Env.shape).filter((name) => name.startsWith('VERCEL_'))

/** Everything that is missing or malformed at once; nothing of the choices that were not taken. */
export function parseDeploy(env: Record<string, string | undefined>): {
  choice: DeployChoice | null
  problems: string[]
} {
  const chosen = z.object({ DEPLOY: Env.shape.DEPLOY }).safeParse(env)
  if (!chosen.success) return { choice: null, problems: said(chosen.error) }
  const kind = chosen.data.DEPLOY
  const mine = Object.entries(env).filter(([name]) => name.startsWith(kind === 'vercel' ? 'VERCEL_' : 'PLATFORM_'))
  const parsed = Env.safeParse(Object.fromEntries(mine))
  if (!parsed.success) return { choice: null, problems: said(parsed.error) }
  const e = parsed.data
  const needed =
    kind === 'vercel' ? (['VERCEL_TOKEN', 'VERCEL_TEAM_ID'] as const) : (['PLATFORM_URL', 'PLATFORM_TOKEN'] as const)
  const missing = needed.filter((name) => !e[name])
  if (missing.length > 0) return { choice: null, problems: missing.map((name) => `${name}: DEPLOY=${kind} needs it`) }
  return {
    choice: kind === 'vercel' ? vercel(e) : { kind, url: e.PLATFORM_URL!, token: e.PLATFORM_TOKEN! },
    problems: [],
  }
}

const vercel = (e: Env): DeployChoice => ({
  ...{ kind: 'vercel', url: e.VERCEL_API_URL, token: e.VERCEL_TOKEN!, teamId: e.VERCEL_TEAM_ID! },
  bypassSecret: e.VERCEL_BYPASS_SECRET ?? null,
  webhookSecret: e.VERCEL_WEBHOOK_SECRET ?? null,
  drainSecret: e.VERCEL_DRAIN_SECRET ?? null,
  drainVerify: e.VERCEL_DRAIN_VERIFY ?? null,
})

const said = (error: z.ZodError): string[] => error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
