import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { accountHome } from '../account.ts'
import { exactly } from '../environment.ts'
import type { Registry } from './upstream.ts'

const execute = promisify(execFile)

/** The usual places of a system's certificates; the first that is there is trusted besides none other. */
const BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem']

export interface Choice {
  url: string
  cafile?: string | null
}

async function trusted(url: string, cafile: string | null | undefined): Promise<Registry> {
  for (const path of cafile ? [cafile] : BUNDLES) {
    const ca = await readFile(path, 'utf8').catch(() => null)
    if (ca !== null) return { url, ca }
    if (cafile) throw new Error(`cannot read ${path}`)
  }
  return { url, ca: null }
}

// A folder without a project: only the manager's own and the account's settings count.
const ask = async (program: string, argv: string[]): Promise<string> => {
  const env = exactly({ PATH: '/usr/bin:/bin', HOME: accountHome() ?? '/' })
  const { stdout } = await execute(program, argv, { cwd: '/', env })
  return stdout.trim()
}

/** The registry named by configuration, or else the one npm itself would use on this machine. */
export async function resolveRegistry(configured: Choice | undefined, node: string): Promise<Registry> {
  const program = join(node, 'lib/node_modules/npm/bin/npm-cli.js')
  const url = configured?.url ?? (await ask(join(node, 'bin/node'), [program, 'config', 'get', 'registry']))
  return trusted(url, configured?.cafile)
}

/** The index of Python packages (PEP 503): the configured one, pip's own, or the public one. */
export async function resolveIndex(configured: Choice | undefined, python = '/usr/bin/python3'): Promise<Registry> {
  const own = () => ask(python, ['-m', 'pip', 'config', 'get', 'global.index-url']).catch(() => '')
  const url = configured?.url ?? ((await own()) || 'https://pypi.org/simple/')
  return trusted(url, configured?.cafile)
}

/** A registry for a machine that is not this one: the configured one, or the public one, whatever npm uses here. */
export const resolveUrl = async (configured: Choice | undefined, usual: string): Promise<Registry> =>
  configured?.cafile ? trusted(configured.url, configured.cafile) : { url: configured?.url ?? usual, ca: null }
