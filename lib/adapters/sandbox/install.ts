import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { DEFAULT_LIMITS, type Limits, type SandboxFile, type SandboxResult } from '../../domain/sandbox.ts'
import type { Sandbox } from '../../world.ts'
import type { Box } from './argv.ts'
import { exactly } from './environment.ts'
import { writeTree } from './files.ts'
import { CACHES, writeManifest } from './mounts.ts'
import { type Registry, serveRegistry } from './registryProxy.ts'
import { ensureFolder, isFolder, publish, seal } from './seal.ts'
import type { Slot } from './slot.ts'

const execute = promisify(execFile)

export type Installed = Awaited<ReturnType<Sandbox['install']>>

/** What a package manager reads. The rest of a repository has no business in a sandbox that can reach a registry. */
const MANIFESTS = ['package.json', 'package-lock.json', 'npm-shrinkwrap.json', '.npmrc']
const PORT = '4873'
const LIMITS: Limits = { ...DEFAULT_LIMITS, wallMs: 300_000, cpuSeconds: 300, outputBytes: 64 * 1024 }

/** Options that would let a package's scripts run after all. */
const SCRIPTS = /ignore[-_]scripts|script[-_]shell|foreground[-_]scripts/i

export function manifests(files: SandboxFile[]): SandboxFile[] {
  return files
    .filter((file) => MANIFESTS.includes(basename(file.path)) && !file.path.split('/').includes('node_modules'))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** 64 hex digits over the command, the machine's kind and every manifest's path and bytes. */
export function installKey(files: SandboxFile[], command: string): string {
  const hash = createHash('sha256').update(JSON.stringify([command, process.arch]))
  for (const file of files) hash.update(JSON.stringify([file.path, file.bytes.length])).update(file.bytes)
  return hash.digest('hex')
}

const ENVIRONMENT = {
  npm_config_registry: `http://127.0.0.1:${PORT}/`,
  // Archives named by a full address come from our registry as well; their integrity is the lockfile's.
  npm_config_replace_registry_host: 'always',
  npm_config_https_proxy: `http://127.0.0.1:${PORT}`,
  npm_config_proxy: `http://127.0.0.1:${PORT}`,
  npm_config_noproxy: '127.0.0.1,localhost',
  npm_config_ignore_scripts: 'true',
  npm_config_cache: '/tmp/npm',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  npm_config_fetch_retries: '1',
}

/** What an install needs of the adapter around it. */
export interface Workshop {
  /** Folder of the finished sets, one per key. */
  cache: string
  root: boolean
  registry(): Promise<Registry>
  /** Keeps a set from being evicted for want of use. */
  used(key: string): Promise<void>
  withSlot<T>(use: (slot: Slot) => Promise<T>): Promise<T>
  enter(slot: Slot, part: Pick<Box, 'workspace' | 'registry' | 'env' | 'argv'>, limits: Limits): Promise<SandboxResult>
}

/** `install` of the port: at most one install per key at a time in this process, and whole sets only in the cache. */
export function installer(shop: Workshop): Sandbox['install'] {
  const going = new Map<string, Promise<Installed>>()
  return async (files, command) => {
    if (SCRIPTS.test(command)) return { ok: false, why: 'The install command may not turn scripts on.', output: '' }
    const wanted = manifests(files)
    const key = installKey(wanted, command)
    await shop.used(key)
    if (await stat(join(shop.cache, key)).catch(() => null)) return { ok: true, key, ms: 0, cached: true }
    const before = going.get(key)
    if (before) return before.then((done) => (done.ok ? { ...done, cached: true } : done))
    const mine = installOnce(shop, key, wanted, command).finally(() => going.delete(key))
    going.set(key, mine)
    return mine
  }
}

function installOnce(shop: Workshop, key: string, files: SandboxFile[], command: string): Promise<Installed> {
  return shop.withSlot(async (slot) => {
    await writeTree(slot.files, files)
    if (shop.root) await execute('/bin/chown', ['-R', `${slot.uid}:${slot.uid}`, slot.files], { env: exactly({}) })
    const socket = join(slot.folder, 'registry.sock')
    const proxy = await serveRegistry(socket, await shop.registry())
    const argv = ['node', '/nightshift/lib/adapters/sandbox/forward.mjs', '/run/registry.sock', PORT, command]
    const result = await shop
      .enter(slot, { workspace: { bind: slot.files }, registry: socket, env: ENVIRONMENT, argv }, LIMITS)
      .finally(() => proxy.close())
    const refusals = proxy.refused.map((line) => `refused: ${line}\n`).join('')
    const output = `${refusals}${result.stdout}${result.stderr}`
    if (result.end !== 'exited' || result.exit !== 0) return { ok: false, why: reason(result), output }
    if (!(await keep(shop, slot, key))) return { ok: false, why: 'node_modules is not a folder.', output }
    return { ok: true, key, ms: result.ms, cached: false }
  })
}

const reason = ({ end, exit }: SandboxResult) =>
  end === 'exited' ? `The install command ended with status ${exit}.` : `The install command ended: ${end}.`

/**
 * Hands what was installed to the cache. The guest wrote beside it, so only the folder itself goes, into a set the host
 * makes; links are never followed.
 */
async function keep(shop: Workshop, slot: Slot, key: string): Promise<boolean> {
  const modules = join(slot.files, 'node_modules')
  await ensureFolder(modules)
  if (!(await isFolder(modules))) return false
  for (const name of CACHES) await ensureFolder(join(modules, name))
  const draft = join(slot.folder, 'set')
  await mkdir(draft)
  await rename(modules, join(draft, 'node_modules'))
  await seal(draft, shop.root)
  await writeManifest(draft, { mounts: [{ at: 'node_modules', caches: CACHES }], notes: [] })
  await publish(draft, join(shop.cache, key))
  return true
}
