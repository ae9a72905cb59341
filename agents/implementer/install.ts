import type { Sandbox } from '../../lib/world.ts'
import type { Checkout } from './checkout.ts'

/** Only what names the dependencies: the project's `.npmrc` could name another registry, or a shell. */
const MANIFESTS = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json']

export async function install(
  sandbox: Sandbox,
  base: Checkout,
): Promise<{ ok: true; key: string | null } | { ok: false; why: string }> {
  const command = base.manifest.install
  const files = base.files.filter((file) => MANIFESTS.includes(file.path))
  if (!command || !files.some((file) => file.path !== 'package.json')) return { ok: true, key: null }
  const done = await sandbox.install(files, command)
  return done.ok ? { ok: true, key: done.key } : { ok: false, why: done.why }
}
