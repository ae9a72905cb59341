import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The only reader of process.env in cli/: what the machine says, sorted by who needs it. */

/**
 * Next's types demand NODE_ENV of every environment in the project, also of one that is handed to `initdb`. Ours hold
 * exactly what they name.
 */
export const exactly = (env: Record<string, string>): NodeJS.ProcessEnv => env as NodeJS.ProcessEnv

/** What any program needs to run, and nothing else: no variable of the caller reaches a child by accident. */
export function baseEnv(): Record<string, string> {
  return pick(['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ'])
}

/** What npm needs besides `baseEnv` where it has to go through a mirror or a proxy: settings, not logins. */
export function npmEnv(): Record<string, string> {
  const names = Object.keys(process.env).filter((name) =>
    /^npm_config_(registry|cafile|https?_proxy|noproxy)$/i.test(name),
  )
  return pick([
    ...names,
    'NODE_EXTRA_CA_CERTS',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
  ])
}

/** What test runners look at to decide how to print, and whether they run in CI. */
export const terminalEnv = (): Record<string, string> =>
  pick(['CI', 'GITHUB_ACTIONS', 'TERM', 'COLORTERM', 'FORCE_COLOR', 'NO_COLOR', 'COLUMNS'])

/** Folders programs are looked up in, in order. */
export const searchPath = (): string[] => (process.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'))

/** Whether a program of this name lies in one of them. */
export const isThere = async (name: string): Promise<boolean> => {
  const found = searchPath().map((folder) =>
    access(join(folder, name), constants.X_OK).then(
      () => true,
      () => false,
    ),
  )
  return (await Promise.all(found)).includes(true)
}

/** What tells version managers which version is meant. */
export const versionsChosen = () => ({
  pyenv: { version: process.env.PYENV_VERSION || undefined },
  rustup: { home: process.env.RUSTUP_HOME || undefined, toolchain: process.env.RUSTUP_TOOLCHAIN || undefined },
})

/** The npm that started us, where one did: its `npm-cli.js`. */
export const npmProgram = (): string | undefined => process.env.npm_execpath

/** Settings that belong to a choice, by whose they are: they go on only where that choice was made. */
export interface OfChoices {
  model: string[]
  code: string[]
  deploy: string[]
  notify: string[]
}

/** Logins of a code host go on where it was chosen; how git reaches others matters to all that use git. */
function isOfHost(name: string): boolean {
  const host = /^(GITHUB|GITLAB)_/.exec(name)?.[1]
  return host ? process.env.CODE?.toUpperCase() === host : process.env.CODE !== 'github'
}

const VERCEL = [
  'VERCEL_TOKEN',
  'VERCEL_TEAM_ID',
  'VERCEL_PROJECT_ID',
  'VERCEL_OIDC_TOKEN',
  'VERCEL_SANDBOX_IMAGE',
  'VERCEL_SANDBOX_URL',
]
const SENTRY = ['SENTRY_BASE_URL', 'SENTRY_ORG', 'SENTRY_TOKEN', 'SENTRY_WRITE_TOKEN', 'SENTRY_CLIENT_SECRET']
const SUPABASE = ['SUPABASE_READ_TOKEN', 'SUPABASE_API_URL']
const ACCOUNTS = [
  ...['AUTH_SUPABASE_URL', 'AUTH_SUPABASE_KEY', 'AUTH_SUPABASE_ISSUER'],
  ...['AUTH_GITHUB', 'OWNER_EMAIL', 'SIGNUP'],
]
const asks = (source: string) => (process.env.SOURCES ?? '').split(',').some((name) => name.trim() === source)

/**
 * What whoever starts Nightshift may say to its server in the environment: the kill switch, which is above everything
 * else, which models it may ask, what holds untrusted code, where code is, where the app is deployed, where events come from,
 * whom it tells and who comes in. Keys go with a choice of theirs alone.
 */
export const passedOn = ({ model, code, deploy, notify }: OfChoices): Record<string, string> =>
  pick([
    ...['ENCRYPTION_KEY', 'KILL_SWITCH', 'AUTH', 'CODE', 'SANDBOX', 'DEPLOY', 'SOURCES', 'DOCKER_SOCKET', 'CACHE_GB'],
    // Where an App would be made, before there is one.
    'GITHUB_API_URL',
    ...['PYTHON_INDEX', 'PYTHON_CAFILE', 'LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS'],
    ...code.filter((name) => isOfHost(name)),
    ...(process.env.SANDBOX === 'vercel' ? VERCEL : []),
    ...(process.env.DEPLOY === 'vercel' ? deploy : []),
    ...(asks('sentry') ? SENTRY : []),
    ...(asks('supabase') ? SUPABASE : []),
    ...(process.env.MODEL ? model : []),
    ...(process.env.NOTIFY ? notify : []),
    ...(process.env.AUTH === 'supabase' ? ACCOUNTS : []),
  ])

/** Everything that says which model is asked, and with which login. */
export const modelEnv = (models: string[]): Record<string, string> => pick(models)

/** One of the command line's own settings, where somebody set it. */
export const given = (
  name:
    | 'NIGHTSHIFT_URL'
    | 'NIGHTSHIFT_TOKEN'
    | 'CONTROL_TOKEN'
    | 'NIGHTSHIFT_PASSWORD'
    | 'DATABASE_ADMIN_URL'
    | 'DATABASE_URL'
    | 'DATABASE_CA'
    | 'OWNER_PASSWORD'
    | 'AUTH',
) => process.env[name] || undefined

/** NIGHTSHIFT_HOME where someone chose one, and whose defaults apply otherwise. */
export function person(): { uid: number; userHome: string; chosen: string | undefined } {
  return { uid: process.getuid?.() ?? -1, userHome: homedir(), chosen: process.env.NIGHTSHIFT_HOME || undefined }
}

/** The folder the person is in: bin/nightshift leaves it for the checkout and says where it came from. */
export const calledFrom = (): string => process.env.NIGHTSHIFT_CALLED_FROM || process.cwd()

function pick(names: string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = process.env[name]
    if (value !== undefined) found[name] = value
  }
  return found
}
