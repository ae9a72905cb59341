import { z } from 'zod'
import { parseAuth } from './config/auth.ts'
import { parseCode } from './config/code.ts'
import { parseDeploy } from './config/deploy.ts'
import { parseModel } from './config/model.ts'
import { parseNotify } from './config/notify.ts'
import { parseSandbox } from './config/sandbox.ts'
import { parseSources, type SentryChoice } from './config/sources.ts'
import type { AuthChoice } from './domain/authChoice.ts'
import type { CodeChoice } from './domain/codeChoice.ts'
import type { DeployChoice } from './domain/deployChoice.ts'
import type { ModelChoice } from './domain/modelChoice.ts'
import type { NotifyChoice } from './domain/notifyChoice.ts'
import type { SandboxChoice } from './domain/sandboxChoice.ts'
import { Fault } from './errors.ts'

/** The only reader of process.env. Everything that is missing or malformed is listed at once. */
const Env = z.object({
  WORLD: z.enum(['local', 'hosted']).default('local'),
  DATABASE_URL: z.url(),
  NIGHTSHIFT_HOME: z.string().startsWith('/'),
  /** Where this server answers; rings and links use it. */
  NIGHTSHIFT_URL: z.url(),
  SESSION_SECRET: z.string().min(32),
  CRON_SECRET: z.string().min(16),
  /** Bearer of the command line: whoever holds it acts as the owner. No agent is given it. */
  CONTROL_TOKEN: z.string().min(16),
  /** `on`: this process changes nothing outside, whatever the database says; notices still go out. */
  KILL_SWITCH: z.enum(['on', 'off']).default('off'),
  /** `on`: this process drives the agents by the clock. */
  SCHEDULER: z.enum(['on', 'off']).default('on'),
  /** `off`: agents wait for the clock; used to show that rings are only a shortcut. */
  RINGS: z.enum(['on', 'off']).default('on'),
  SCHEDULER_SECONDS: z.coerce.number().min(0.2).default(5),
  LEASE_SECONDS: z.coerce.number().min(2).default(60),
  /** Accepted events per project and minute; above it senders get 429 with Retry-After. */
  INGEST_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  /** Folder with bin/node that runs untrusted code; world-readable. */
  TOOLCHAIN: z.string().startsWith('/').optional(),
  /** The package registry dependencies are installed from, and the CA that vouches for it. */
  NPM_REGISTRY: z.url().optional(),
  NPM_CAFILE: z.string().optional(),
  /** The same for Python; what pip itself would use when absent. */
  PYTHON_INDEX: z.url().optional(),
  PYTHON_CAFILE: z.string().optional(),
  /** What dependency sets, mirrors and our copies of programs may take on disk together. */
  CACHE_GB: z.coerce.number().min(1).default(5),
})

export interface Config {
  world: 'local' | 'hosted'
  databaseUrl: string
  home: string
  url: string
  sessionSecret: string
  cronSecret: string
  controlToken: string
  /** The kill switch. */
  halted: boolean
  deploy: DeployChoice
  scheduler: boolean
  rings: boolean
  schedulerMs: number
  leaseSeconds: number
  ingestPerMinute: number
  toolchain: string
  registry: { url: string; cafile?: string } | undefined
  /** null: recipes work alone. */
  model: ModelChoice | null
  pythonIndex: { url: string; cafile?: string } | undefined
  sandbox: SandboxChoice
  /** null: events come from SDKs alone. */
  sentry: SentryChoice | null
  notify: NotifyChoice
  code: CodeChoice
  cacheBytes: number
  auth: AuthChoice
}

export function parseConfig(env: Record<string, string | undefined>): Config {
  const parsed = Env.safeParse(env)
  const { choice, problems } = parseModel(env)
  const sandbox = parseSandbox(env)
  const deploy = parseDeploy(env)
  const sources = parseSources(env)
  const notify = parseNotify(env)
  const code = parseCode(env)
  const auth = parseAuth(env)
  const issues = parsed.error?.issues ?? []
  const lines = [
    ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...problems,
    ...sandbox.problems,
    ...deploy.problems,
    ...sources.problems,
    ...notify.problems,
    ...code.problems,
    ...auth.problems,
  ]
  if (!parsed.success || !sandbox.choice || !deploy.choice || !code.choice || !auth.choice || lines.length > 0)
    throw new Fault('CONFIG_INVALID', [...new Set(lines)].join('; '))
  const e = parsed.data
  if (e.CONTROL_TOKEN === e.CRON_SECRET)
    throw new Fault('CONFIG_INVALID', 'CONTROL_TOKEN: the agents hold CRON_SECRET, and no agent may act as a person')
  return {
    world: e.WORLD,
    databaseUrl: e.DATABASE_URL,
    home: e.NIGHTSHIFT_HOME,
    url: e.NIGHTSHIFT_URL,
    sessionSecret: e.SESSION_SECRET,
    cronSecret: e.CRON_SECRET,
    controlToken: e.CONTROL_TOKEN,
    halted: e.KILL_SWITCH === 'on',
    deploy: deploy.choice,
    scheduler: e.SCHEDULER === 'on',
    rings: e.RINGS === 'on',
    schedulerMs: e.SCHEDULER_SECONDS * 1000,
    leaseSeconds: e.LEASE_SECONDS,
    ingestPerMinute: e.INGEST_PER_MINUTE,
    toolchain: e.TOOLCHAIN ?? `${e.NIGHTSHIFT_HOME}/toolchain/node`,
    pythonIndex: e.PYTHON_INDEX ? { url: e.PYTHON_INDEX, cafile: e.PYTHON_CAFILE } : undefined,
    sandbox: sandbox.choice,
    sentry: sources.sentry,
    notify: notify.choice,
    code: code.choice,
    auth: auth.choice,
    cacheBytes: e.CACHE_GB * 1024 ** 3,
    registry: e.NPM_REGISTRY ? { url: e.NPM_REGISTRY, cafile: e.NPM_CAFILE } : undefined,
    model: choice,
  }
}

/** For the command line, which needs a model and no server. */
export function parseModelConfig(env: Record<string, string | undefined>): Pick<Config, 'model'> {
  const { choice, problems } = parseModel(env)
  if (problems.length > 0) throw new Fault('CONFIG_INVALID', problems.join('; '))
  return { model: choice }
}

export const modelConfig = (): Pick<Config, 'model'> => parseModelConfig(process.env)

let read: Config | undefined
export function config(): Config {
  read ??= parseConfig(process.env)
  return read
}
