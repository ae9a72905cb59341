import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { Config } from './config.ts'

/** What every box sees of this machine besides `/usr`; all of it read-only. */
export interface Runtime {
  /** Files and folders of this machine and where they appear inside. */
  mounts: { source: string; target: string }[]
  /** Environment of every box. */
  env: Record<string, string>
  /** Environment of an install on top of it: npm's registry, proxy and certificates. */
  installEnv: Record<string, string>
}

const PASSWD = 'root:x:0:0:root:/:/bin/sh\napp:x:1000:1000:app:/home/app:/bin/sh\n'
const GROUP = 'root:x:0:\napp:x:1000:\n'
const EXTRA_CA = '/run/certificates/extra.pem'
const NPM_CA = '/run/certificates/npm.pem'
const SYSTEM_ETC = [
  '/etc/resolv.conf',
  '/etc/hosts',
  '/etc/nsswitch.conf',
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/ssl/openssl.cnf',
  '/etc/ssl/certs',
  '/etc/ssl/cert.pem',
  '/etc/pki/tls/certs',
  '/etc/pki/ca-trust/extracted',
]

/**
 * Finds node and npm and lays out, in `etc/` of the platform's folder, the few files a box needs.
 * Only the node binary and npm's package are shown, never the folder they were installed in.
 */
export async function findRuntime(config: Config): Promise<Runtime> {
  const etc = join(config.home, 'etc')
  mkdirSync(etc, { recursive: true, mode: 0o755 })
  const node = config.runtimeDir ? join(config.runtimeDir, 'bin', 'node') : process.execPath
  if (!existsSync(node)) throw new Error(`there is no node at ${node}`)
  const npm = findNpm(node, config.path)
  const mounts = SYSTEM_ETC.filter((path) => existsSync(path)).map((path) => ({ source: path, target: path }))
  mounts.push({ source: put(etc, 'passwd', PASSWD), target: '/etc/passwd' })
  mounts.push({ source: put(etc, 'group', GROUP), target: '/etc/group' })
  mounts.push({ source: realpathSync(node), target: '/opt/node/bin/node' })
  const env: Record<string, string> = { PATH: '/opt/node/bin:/usr/local/bin:/usr/bin:/bin', HOME: '/home/app' }
  Object.assign(env, { LANG: 'C.UTF-8', TMPDIR: '/tmp' })
  if (npm !== null) {
    mounts.push({ source: npm, target: '/opt/node/lib/npm' })
    for (const tool of ['npm', 'npx']) {
      const script = put(etc, tool, `#!/bin/sh\nexec /opt/node/bin/node /opt/node/lib/npm/bin/${tool}-cli.js "$@"\n`)
      chmodSync(script, 0o755)
      mounts.push({ source: script, target: `/opt/node/bin/${tool}` })
    }
  }
  const extra = config.extraCa !== null && existsSync(config.extraCa) ? config.extraCa : null
  if (extra !== null) {
    mounts.push({ source: copy(extra, join(etc, 'extra.pem')), target: EXTRA_CA })
    env.NODE_EXTRA_CA_CERTS = EXTRA_CA
  }
  const { cafile, ...installEnv } = npm === null ? {} : await readNpmSettings(node, npm, config)
  // npm and others read the usual proxy variables themselves
  for (const [name, value] of Object.entries(config.npm)) if (/proxy$/i.test(name)) installEnv[name] = value
  if (cafile !== undefined && existsSync(cafile)) {
    mounts.push({ source: copy(cafile, join(etc, 'npm.pem')), target: NPM_CA })
    installEnv.npm_config_cafile = NPM_CA
  }
  return { mounts, env, installEnv }
}

/** npm's package folder: beside this node, or the one the search path leads to. */
function findNpm(node: string, path: string): string | null {
  const beside = join(dirname(dirname(node)), 'lib', 'node_modules', 'npm')
  if (existsSync(join(beside, 'bin', 'npm-cli.js'))) return beside
  for (const folder of path.split(delimiter)) {
    const command = join(folder, 'npm')
    if (!existsSync(command)) continue
    const real = realpathSync(command)
    if (real.endsWith('/bin/npm-cli.js')) return dirname(dirname(real))
  }
  return null
}

/** What npm on this machine is told about its registry; credentials are left out. */
async function readNpmSettings(node: string, npm: string, config: Config): Promise<Record<string, string>> {
  const argv = [join(npm, 'bin', 'npm-cli.js'), 'config', 'get', 'cafile', 'registry', 'https-proxy', 'noproxy']
  const env = { ...config.npm, PATH: config.path, HOME: config.userHome } as Record<string, string> as NodeJS.ProcessEnv
  const text = await new Promise<string>((resolve) => {
    execFile(node, argv, { env }, (_, out) => resolve(out))
  })
  return parseNpmSettings(text)
}

/** `key=value` lines as npm prints them, to environment variables; `cafile` keeps its name because it is a path here. */
export function parseNpmSettings(text: string): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const [, key, value = ''] = /^\s*([a-z-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (key === undefined || value === '' || value === 'null' || value === 'undefined') continue
    if (key === 'cafile') settings.cafile = value
    else settings[`npm_config_${key.replaceAll('-', '_')}`] = value
  }
  return settings
}

function put(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o644 })
  return path
}

function copy(from: string, to: string): string {
  copyFileSync(from, to)
  chmodSync(to, 0o644)
  return to
}
