import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { accountHome } from './account.ts'
import { exactly } from './environment.ts'
import type { Registry } from './registryProxy.ts'

const execute = promisify(execFile)

/** The usual places of a system's certificates; the first that is there is trusted besides none other. */
const BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem']

/** The registry named by configuration, or else the one npm itself would use on this machine. */
export async function resolveRegistry(
  configured: { url: string; cafile?: string | null } | undefined,
  node: string,
): Promise<Registry> {
  const url = configured?.url ?? (await ownRegistry(node))
  for (const path of configured?.cafile ? [configured.cafile] : BUNDLES) {
    const ca = await readFile(path, 'utf8').catch(() => null)
    if (ca !== null) return { url, ca }
    if (configured?.cafile) throw new Error(`cannot read ${path}`)
  }
  return { url, ca: null }
}

async function ownRegistry(node: string): Promise<string> {
  const program = join(node, 'lib/node_modules/npm/bin/npm-cli.js')
  const { stdout } = await execute(join(node, 'bin/node'), [program, 'config', 'get', 'registry'], {
    // A folder without a project: only npm's own and the account's settings count.
    cwd: '/',
    env: exactly({ PATH: '/usr/bin:/bin', HOME: accountHome() ?? '/' }),
  })
  return stdout.trim()
}
