import { createHmac } from 'node:crypto'
import { parseAuth } from './config/auth.ts'
import { CODES, parseCode, parseGithubSite } from './config/code.ts'
import { DEPLOYS, parseDeploy } from './config/deploy.ts'
import { parseEncryption } from './config/encryption.ts'
import { Env, SWITCH } from './config/env.ts'
import { parseModel } from './config/model.ts'
import { NOTIFIES, parseNotify } from './config/notify.ts'
import { type ObserveChoice, parseObserve } from './config/observe.ts'
import { type Known, withPreset } from './config/preset.ts'
import { parseSandbox, SANDBOXES } from './config/sandbox.ts'
import { parseSources, type SentryChoice, SOURCES } from './config/sources.ts'
import { parseSql, SQLS } from './config/sql.ts'
import type { SupabaseChoice } from './config/supabaseSource.ts'
import { helpful } from './config/where.ts'
import type { AuthChoice } from './domain/authChoice.ts'
import type { CodeChoice } from './domain/codeChoice.ts'
import type { DeployChoice } from './domain/deployChoice.ts'
import type { ModelChoice } from './domain/modelChoice.ts'
import type { NotifyChoice } from './domain/notifyChoice.ts'
import type { SandboxChoice } from './domain/sandboxChoice.ts'
import type { SealingKey } from './domain/sealed.ts'
import type { SqlChoice } from './domain/sqlChoice.ts'
import { Fault } from './errors.ts'

/** The choices this version understands: what `WORLD` names beyond them is not chosen. */
const KNOWN: Known = {
  SQL: SQLS,
  AUTH: ['owner', 'supabase'],
  ...{ CODE: CODES, SANDBOX: SANDBOXES, DEPLOY: DEPLOYS, SOURCES, NOTIFY: NOTIFIES },
  SCHEDULER: SWITCH,
}

export interface Config {
  world: 'local' | 'hosted'
  sql: SqlChoice
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
  /** How long a call of a clock may last before the host ends it. */
  tickMs: number
  ingestPerMinute: number
  toolchain: string
  registry: { url: string; cafile?: string } | undefined
  /** null: recipes work alone. */
  model: ModelChoice | null
  pythonIndex: { url: string; cafile?: string } | undefined
  sandbox: SandboxChoice
  /** null: events come from SDKs alone. */
  sentry: SentryChoice | null
  /** null: no logs of Supabase are read. */
  supabase: SupabaseChoice | null
  notify: NotifyChoice
  code: CodeChoice
  /** Where an App for the code would be made. */
  github: { api: string; web: string }
  /** What stored credentials are sealed with; the first seals. Without one none are stored. */
  encryption: SealingKey[]
  cacheBytes: number
  /** How Nightshift itself is watched. */
  observe: ObserveChoice
  /** What this installation's own errors carry, so that it never repairs itself for ever; nobody else can make it. */
  ownMark: string
  auth: AuthChoice
}

/** Everything that is missing or malformed is listed at once. */
export function parseConfig(given: Record<string, string | undefined>): Config {
  const env = withPreset(given, KNOWN)
  const parsed = Env.safeParse(env)
  const model = parseModel(env)
  const sandbox = parseSandbox(env)
  const deploy = parseDeploy(env)
  const sources = parseSources(env)
  const notify = parseNotify(env)
  const code = parseCode(env)
  const observe = parseObserve(env, env.NIGHTSHIFT_URL)
  const sql = parseSql(env)
  const encryption = parseEncryption(env)
  const auth = parseAuth(env)
  const issues = parsed.error?.issues ?? []
  const ofPorts = [model, sandbox, deploy, sources, notify, code, observe, encryption, auth]
  const lines = [
    ...sql.problems,
    ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...ofPorts.flatMap(({ problems }) => problems),
  ].map((line) => helpful(line, env))
  if (
    !parsed.success ||
    !sandbox.choice ||
    !deploy.choice ||
    !code.choice ||
    !sql.choice ||
    !auth.choice ||
    !observe.choice ||
    lines.length > 0
  )
    throw new Fault('CONFIG_INVALID', inLines(lines))
  const e = parsed.data
  if (e.CONTROL_TOKEN === e.CRON_SECRET)
    throw new Fault('CONFIG_INVALID', 'CONTROL_TOKEN: the agents hold CRON_SECRET, and no agent may act as a person')
  return {
    world: e.WORLD,
    sql: sql.choice,
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
    tickMs: e.TICK_SECONDS * 1000,
    ingestPerMinute: e.INGEST_PER_MINUTE,
    toolchain: e.TOOLCHAIN ?? `${e.NIGHTSHIFT_HOME}/toolchain/node`,
    pythonIndex: e.PYTHON_INDEX ? { url: e.PYTHON_INDEX, cafile: e.PYTHON_CAFILE } : undefined,
    sandbox: sandbox.choice,
    sentry: sources.sentry,
    supabase: sources.supabase,
    notify: notify.choice,
    code: code.choice,
    github: parseGithubSite(env),
    encryption: encryption.keys,
    auth: auth.choice,
    cacheBytes: e.CACHE_GB * 1024 ** 3,
    registry: e.NPM_REGISTRY ? { url: e.NPM_REGISTRY, cafile: e.NPM_CAFILE } : undefined,
    model: model.choice,
    observe: observe.choice,
    ownMark: createHmac('sha256', e.SESSION_SECRET).update('nightshift.self').digest('hex').slice(0, 20),
  }
}

/** One setting a line, once: two ports may miss the same. */
const inLines = (lines: string[]): string => [...new Set(lines)].map((line) => `\n- ${line}`).join('')

/** For the command line, which needs a model and no server. */
export function parseModelConfig(env: Record<string, string | undefined>): Pick<Config, 'model'> {
  const { choice, problems } = parseModel(env)
  if (problems.length > 0) throw new Fault('CONFIG_INVALID', problems.join('; '))
  return { model: choice }
}

/** For the command line, which may look at a database without a server. */
export const sqlConfig = (): ReturnType<typeof parseSql> => parseSql(process.env)

export const modelConfig = (): Pick<Config, 'model'> => parseModelConfig(process.env)

/** This file is the only reader of process.env. */
let read: Config | undefined
export function config(): Config {
  read ??= parseConfig(process.env)
  return read
}
