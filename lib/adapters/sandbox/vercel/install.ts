import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DEFAULT_LIMITS, type SandboxFile } from '../../../domain/sandbox.ts'
import type { Sandbox } from '../../../world.ts'
import { environment } from '../argv.ts'
import { managerProgram, managerProject } from '../install/managers.ts'
import { keepPins, pinPath, withPins } from '../install/pins.ts'
import { expectedOf, type Plan, planInstall, seenFrom } from '../install/plan.ts'
import { PORT, settingsOf } from '../install/settings.ts'
import { settled } from '../install/settle.ts'
import { type Installed, installKey, isOff, manifests } from '../install.ts'
import type { Upstreams } from '../registry/proxy.ts'
import type { machines } from './base.ts'
import type { Job, Report } from './guest/job.ts'
import { HELD_MS, held, madeOnce } from './hold.ts'
import { doJob } from './job.ts'
import { type Account, type Machine, shut } from './machine.ts'
import { nameOf, type Shelf } from './snapshots.ts'
import { trouble } from './trouble.ts'

interface InstallShop {
  account: Account
  shelf: Shelf
  machines: ReturnType<typeof machines>
  /** Folder next to which resolved versions are kept. */
  cache: string
  upstreams(manager: Plan['manager']): Promise<Upstreams>
}

interface Task {
  key: string
  plan: Plan
  files: SandboxFile[]
  scripts: boolean
  /** Key of the set that holds the package manager; null where the machine has it. */
  manager: string | null
}

const LIMITS = { ...DEFAULT_LIMITS, wallMs: 300_000, cpuSeconds: 300, outputBytes: 64 * 1024 }
const FORWARD = '/nightshift/lib/adapters/sandbox/forward.mjs'

/** Hosts a machine may reach while it installs. The public index keeps its files on a host of its own. */
export function hostsOf({ npm, python }: Upstreams): string[] {
  const host = (url: string) => new URL(url).hostname
  const indexes = python ? [host(python.url)] : []
  return [
    ...new Set([
      host(npm.url),
      ...indexes,
      ...indexes.flatMap((name) => (name === 'pypi.org' ? ['files.pythonhosted.org'] : [])),
    ]),
  ]
}

/** `install` of the port, without the gate before it: once per key, in a machine that is then kept as a snapshot. */
export function machineInstaller(shop: InstallShop): Sandbox['install'] {
  const going = new Map<string, Promise<Installed>>()
  const install: Sandbox['install'] = async (files, command, { scripts = false } = {}) => {
    if (!scripts && !isOff(command))
      return { ok: false, why: 'The install command may not turn scripts on.', output: '' }
    const wanted = manifests(files)
    const plan = planInstall(wanted, command)
    // A set stands on the base it was made of: new programs of ours need a new one.
    const key = installKey(wanted, `${(await shop.machines.ready()).key} ${plan.command}`, scripts)
    const before = going.get(key)
    if (before) return before.then((done) => (done.ok ? { ...done, cached: true } : done))
    const mine = make(key, plan, wanted, scripts).finally(() => going.delete(key))
    going.set(key, mine)
    return mine
  }
  const make = async (key: string, plan: Plan, files: SandboxFile[], scripts: boolean): Promise<Installed> => {
    const find = async (): Promise<Installed | null> => {
      const there = await shop.shelf.find(key).catch((error: unknown) => {
        throw trouble('looking for a dependency set', error)
      })
      return there === null ? null : { ok: true, key, ms: 0, cached: true }
    }
    const once = (manager: string | null) =>
      madeOnce(find, () => installOnce(shop, { key, plan, files, scripts, manager })).catch((error: unknown) => {
        throw trouble('installing', error)
      })
    const there = await find()
    if (there) return there
    const program = managerProgram(plan.manager, seenFrom(files, plan.folder), 'x64')
    if (program === null) return once(null)
    const got = await install(managerProject(program), 'npm ci')
    if (!got.ok) return { ...got, why: `${program.package} ${program.version} could not be installed: ${got.why}` }
    return once(got.key)
  }
  return install
}

async function installOnce(shop: InstallShop, task: Task): Promise<Installed> {
  const { key, plan, scripts, manager } = task
  const pinned = await withPins(shop.cache, key, plan, settled(task.files, plan, scripts))
  const upstreams = await shop.upstreams(plan.manager)
  const policy = { hosts: hostsOf(upstreams) }
  const machine = await shop.machines.open(manager, { name: nameOf(key), policy, timeoutMs: HELD_MS })
  let keeping = false
  try {
    const job: Job = {
      argv: ['/opt/node/bin/node', FORWARD, '/run/registry.sock', PORT, pinned.command],
      env: environment(settingsOf(plan.manager, scripts)),
      ...{ stdin: false, limits: LIMITS },
      install: {
        ...{ upstreams, manager: manager !== null, keep: pinPath(plan) },
        expected: expectedOf(plan),
      },
    }
    return await held(machine, async () => {
      const { report } = await doJob(machine, pinned.files, job, null)
      if (report === null) return { ok: false, why: 'The install command was not seen to end.', output: '' }
      const failed = failure(report)
      if (failed) return failed
      await shut(shop.account, machine)
      await clear(machine)
      await shop.shelf.keep(key, machine)
      keeping = true
      const note = await pins(shop.cache, key, plan, report)
      return { ok: true, key, ms: report.ms, cached: false, ...(note ? { note } : {}) }
    })
  } catch (error) {
    throw trouble('installing', error)
  } finally {
    if (!keeping) await machine.close()
  }
}

function failure({ end, exit, failure: why, refused, stdout, stderr }: Report): Installed | null {
  const text = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')
  const output = `${refused.map((line) => `refused: ${line}\n`).join('')}${text(stdout)}${text(stderr)}`
  if (end !== 'exited') return { ok: false, why: `The install command ended: ${end}.`, output }
  if (exit !== 0) return { ok: false, why: `The install command ended with status ${exit}.`, output }
  return why === null ? null : { ok: false, why, output }
}

/** What the job was and said is not part of a set; its lock would keep the next machine from doing anything. */
async function clear({ session }: Machine): Promise<void> {
  const args = ['-rf', '/nightshift/run', `${session.cwd}/job`]
  const done = await session.runCommand({ cmd: '/bin/rm', args, sudo: true })
  if (done.exitCode !== 0) throw new Error(`rm ended with status ${done.exitCode}`)
}

/** What was resolved is kept on this server, as for the other adapters: a snapshot that expires is made again alike. */
async function pins(cache: string, key: string, plan: Plan, { kept }: Report): Promise<string | null> {
  const path = pinPath(plan)
  if (path === null) return null
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-pins-'))
  try {
    if (kept !== null) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), Buffer.from(kept, 'base64'))
    }
    return await keepPins(cache, key, plan, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
