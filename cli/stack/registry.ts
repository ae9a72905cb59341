import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { baseEnv, exactly, npmEnv } from '../env.ts'

/**
 * Where npm on this machine gets packages from, and the authority that vouches for it, as Nightshift's settings: the
 * sandbox lets an install reach this host and no other. Logins in npm's settings are not read.
 */
export async function registrySettings(toolchain: string, cwd: string): Promise<Record<string, string>> {
  const argv = [join(toolchain, 'lib/node_modules/npm/bin/npm-cli.js'), 'config', 'get', 'registry', 'cafile']
  const options = { cwd, env: exactly({ ...baseEnv(), ...npmEnv() }) }
  const { stdout } = await promisify(execFile)(join(toolchain, 'bin/node'), argv, options)
  return parseSettings(stdout)
}

/** `key=value` lines as npm prints them. */
export function parseSettings(text: string): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const [, key, value] = /^\s*(registry|cafile)\s*=\s*(\S.*?)\s*$/.exec(line) ?? []
    if (!value || value === 'null' || value === 'undefined') continue
    settings[key === 'registry' ? 'NPM_REGISTRY' : 'NPM_CAFILE'] = value
  }
  return settings
}
