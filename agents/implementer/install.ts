import { isDependencyManifest, isInstallable, LOCKFILES } from '../../lib/domain/dependencies.ts'
import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import { isNetwork } from '../../lib/parse/network.ts'
import type { Sandbox } from '../../lib/world.ts'
import type { Checkout } from './checkout.ts'

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies']

/** A project without a lockfile and without a dependency needs no install. */
function needsAny(files: SandboxFile[]): boolean {
  if (files.some(({ path }) => LOCKFILES.includes(path) || /^(?:requirements\.txt|pyproject\.toml)$/.test(path)))
    return true
  const own = files.find(({ path }) => path === 'package.json')
  if (!own) return false
  try {
    const manifest = JSON.parse(Buffer.from(own.bytes).toString('utf8'))
    return KINDS.some((kind) => Object.keys(manifest?.[kind] ?? {}).length > 0)
  } catch {
    return false
  }
}

export async function install(
  sandbox: Sandbox,
  base: Checkout,
): Promise<{ ok: true; key: string | null } | { ok: false; why: string; outage: boolean }> {
  const { install: command, scripts } = base.manifest
  const files = base.files.filter(({ path }) => isDependencyManifest(path))
  if (!command || !isInstallable(command) || !needsAny(files)) return { ok: true, key: null }
  const done = await sandbox.install(files, command, { scripts })
  return done.ok ? { ok: true, key: done.key } : { ok: false, why: done.why, outage: isOutage(done.output) }
}

/** Of what an install said, the end, where a package manager says why. */
const END = 4000

/** The registry did not answer; a host that is not reached because it may not be is no outage. */
function isOutage(output: string): boolean {
  return !/^refused: /m.test(output) && isNetwork([{ type: '', message: output.slice(-END) }])
}
