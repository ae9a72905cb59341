import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isDependencyManifest } from '../../domain/dependencies.ts'
import { DEFAULT_LIMITS, type Limits, type SandboxFile, type SandboxResult } from '../../domain/sandbox.ts'
import type { Sandbox } from '../../world.ts'
import type { Box } from './argv.ts'
import { exactly } from './environment.ts'
import { writeTree } from './files.ts'
import { collect } from './install/collect.ts'
import { managerProgram, managerProject } from './install/managers.ts'
import { keepPins, withPins } from './install/pins.ts'
import { expectedOf, type Plan, planInstall, seenFrom } from './install/plan.ts'
import { PORT, REGISTRY, settingsOf } from './install/settings.ts'
import { settled } from './install/settle.ts'
import { serveRegistry, type Upstreams } from './registry/proxy.ts'
import { publish } from './seal.ts'
import type { Slot } from './slot.ts'

const execute = promisify(execFile)

export type Installed = Awaited<ReturnType<Sandbox['install']>>
type Part = Pick<Box, 'workspace' | 'registry' | 'env' | 'argv' | 'manager'>

const LIMITS: Limits = { ...DEFAULT_LIMITS, wallMs: 300_000, cpuSeconds: 300, outputBytes: 64 * 1024 }

/** Options that would let a package's scripts run after all; the plain flag that turns them off is none. */
const OFF = /--ignore-scripts(?=\s*(?:\s-|[;&|>]|$))/g
const SCRIPTS = /ignore[-_]scripts|script[-_]shell|foreground[-_]scripts|enable[-_]scripts/i

/** Whether a command leaves the scripts of packages off, as they are by default. */
export const isOff = (command: string): boolean => !SCRIPTS.test(command.replace(OFF, ''))

/** What a package manager reads. The rest of a repository has no business in a sandbox that can reach a registry. */
export function manifests(files: SandboxFile[]): SandboxFile[] {
  return files
    .filter(({ path }) => isDependencyManifest(path) || /^(?:.*\/)?\.npmrc$/.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** 64 hex digits over the command, the machine's kind, whether scripts run, and every manifest's path and bytes. */
export function installKey(files: SandboxFile[], command: string, scripts = false): string {
  const hash = createHash('sha256').update(JSON.stringify([command, process.arch, ...(scripts ? ['scripts'] : [])]))
  for (const file of files) hash.update(JSON.stringify([file.path, file.bytes.length])).update(file.bytes)
  return hash.digest('hex')
}

/** What an install needs of the adapter around it. */
interface Workshop {
  /** Folder of the finished sets, one per key. */
  cache: string
  root: boolean
  upstreams(manager: Plan['manager']): Promise<Upstreams>
  /** Holds a set while it is used, and keeps it from being evicted for want of use. */
  holding<T>(key: string, use: () => Promise<T>): Promise<T>
  withSlot<T>(use: (slot: Slot) => Promise<T>): Promise<T>
  enter(slot: Slot, part: Part, limits: Limits): Promise<SandboxResult>
}

interface Job {
  key: string
  plan: Plan
  files: SandboxFile[]
  scripts: boolean
}

/** `install` of the port: at most one install per key at a time in this process, and whole sets only in the cache. */
export function installer(shop: Workshop): Sandbox['install'] {
  const going = new Map<string, Promise<Installed>>()
  const isThere = (key: string) =>
    shop.holding(key, () =>
      stat(join(shop.cache, key)).then(
        () => true,
        () => false,
      ),
    )
  const install: Sandbox['install'] = async (files, command, { scripts = false } = {}) => {
    if (!scripts && !isOff(command))
      return { ok: false, why: 'The install command may not turn scripts on.', output: '' }
    const wanted = manifests(files)
    const plan = planInstall(wanted, command)
    const key = installKey(wanted, plan.command, scripts)
    const before = going.get(key)
    if (before) return before.then((done) => (done.ok ? { ...done, cached: true } : done))
    const mine = isThere(key)
      .then((there): Installed | Promise<Installed> =>
        there ? { ok: true, key, ms: 0, cached: true } : withManager({ key, plan, files: wanted, scripts }),
      )
      .finally(() => going.delete(key))
    going.set(key, mine)
    return mine
  }
  /** The package manager is installed first where it is a package itself, the same way and once for all projects. */
  const withManager = async (job: Job): Promise<Installed> => {
    const program = managerProgram(job.plan.manager, seenFrom(job.files, job.plan.folder))
    if (program === null) return installOnce(shop, job, null)
    const got = await install(managerProject(program), 'npm ci')
    if (!got.ok) return { ...got, why: `${program.package} ${program.version} could not be installed: ${got.why}` }
    return shop.holding(got.key, () => installOnce(shop, job, join(shop.cache, got.key, 'node_modules')))
  }
  return install
}

function installOnce(shop: Workshop, { key, plan, files, scripts }: Job, manager: string | null): Promise<Installed> {
  return shop.withSlot(async (slot) => {
    const pinned = await withPins(shop.cache, key, plan, settled(files, plan, scripts))
    await writeTree(slot.files, pinned.files)
    if (shop.root) await execute('/bin/chown', ['-R', `${slot.uid}:${slot.uid}`, slot.files], { env: exactly({}) })
    const socket = join(slot.folder, 'registry.sock')
    const proxy = await serveRegistry(socket, await shop.upstreams(plan.manager), REGISTRY)
    const program = '/nightshift/lib/adapters/sandbox/forward.mjs'
    const argv = ['node', program, '/run/registry.sock', PORT, pinned.command]
    const env = settingsOf(plan.manager, scripts)
    const result = await shop
      .enter(slot, { workspace: { bind: slot.files }, registry: socket, manager, env, argv }, LIMITS)
      .finally(() => proxy.close())
    const refusals = proxy.refused.map((line) => `refused: ${line}\n`).join('')
    const output = `${refusals}${result.stdout}${result.stderr}`
    if (result.end !== 'exited' || result.exit !== 0) return { ok: false, why: reason(result), output }
    const note = await keepPins(shop.cache, key, plan, slot.files)
    const draft = join(slot.folder, 'set')
    await mkdir(draft)
    const expected = expectedOf(plan)
    if (!(await collect(slot.files, draft, expected, shop.root)))
      return { ok: false, why: `${expected} is not a folder.`, output }
    await publish(draft, join(shop.cache, key))
    return { ok: true, key, ms: result.ms, cached: false, ...(note ? { note } : {}) }
  })
}

const reason = ({ end, exit }: SandboxResult) =>
  end === 'exited' ? `The install command ended with status ${exit}.` : `The install command ended: ${end}.`
