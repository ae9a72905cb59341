import { isAbsolute, resolve } from 'node:path'

export interface Config {
  /** Absolute path of the platform's own folder: state, log, builds, output. */
  home: string
  /** Port of the API on 127.0.0.1; 0 lets the system choose. */
  port: number
  /** Bearer token of the API, at least 16 characters. */
  token: string
  /** Folder with `bin/node` to run apps with; null takes the node this process runs on. */
  runtimeDir: string | null
  /** Search path for `npm` on this machine. */
  path: string
  /** Home of the user who runs the platform, where npm keeps its settings; `/` when there is none. */
  userHome: string
  /** Settings of npm and proxies that stand in the environment; they go before those in npm's files. */
  npm: Record<string, string>
  /** File with extra certificate authorities, as node reads it; null when none is set. */
  extraCa: string | null
}

/**
 * Reads the platform's settings; the only reader of the environment here.
 * Answers every problem at once, in words.
 */
export function readConfig(
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; problems: string[] } {
  const problems: string[] = []
  const { PLATFORM_HOME: home = '', PLATFORM_PORT: port = '', PLATFORM_TOKEN: token = '' } = env
  if (home === '') problems.push('PLATFORM_HOME: name the folder the platform keeps its state in')
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) problems.push('PLATFORM_PORT: a port from 0 to 65535')
  if (token.length < 16) problems.push('PLATFORM_TOKEN: at least 16 characters')
  const runtimeDir = env.PLATFORM_RUNTIME_DIR || null
  if (runtimeDir !== null && !isAbsolute(runtimeDir)) problems.push('PLATFORM_RUNTIME_DIR: an absolute path')
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    config: {
      home: resolve(home),
      port: Number(port),
      token,
      runtimeDir,
      path: env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
      userHome: env.HOME || '/',
      npm: npmSettings(env),
      extraCa: env.NODE_EXTRA_CA_CERTS || null,
    },
  }
}

const NPM = /^(npm_config_(registry|cafile|https?_proxy|noproxy)|https?_proxy|no_proxy)$/i

function npmSettings(env: Record<string, string | undefined>): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) if (value && NPM.test(name)) settings[name] = value
  return settings
}
