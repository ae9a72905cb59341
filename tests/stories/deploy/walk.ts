import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { baseEnv, exactly, npmEnv } from '../../../cli/env.ts'
import { newParts, type Parts } from '../../../cli/parts.ts'
import { freePort } from '../../../cli/ports.ts'
import { npmInstallation } from '../../../cli/toolchain.ts'
import { emulateSandboxes } from '../../../emulators/vercelSandbox.ts'
import { buildClinic } from '../../../examples/history/build.ts'
import { ROOT } from '../../architecture/imports.ts'
import { type Account, openAccount } from './account.ts'
import { openProject, type Project } from './project.ts'
import { openTerminal, type Terminal } from './shell.ts'

const run = promisify(execFile)
export const APP = 'shop'
const ACCOUNTS = ['github', 'vercel', 'sentry', 'supabase', 'accounts', 'slack', 'sendgrid'] as const
export type Name = (typeof ACCOUNTS)[number]

/** A team that has accounts everywhere and an app, and has just cloned Nightshift. */
export interface Walk {
  /** Where Nightshift will answer. */
  address: string
  clone: string
  /** What production may write to. */
  functions: string
  /** What the clone is of. */
  origin: string
  project: Project
  accounts: Record<Name, Account>
  terminal: Terminal
  /** What production is told, as Vercel keeps it. */
  variables(): Promise<Record<string, string>>
  /** What production wrote. */
  log(): Promise<string>
  close(): Promise<void>
}

export async function openWalk(): Promise<Walk> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-walk-'))
  await chmod(folder, 0o755)
  const parts = newParts((name, error) => console.error(`${name} could not be stopped: ${String(error)}`))
  const close = async () => {
    await parts.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    return { ...(await lay(folder, parts)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function lay(folder: string, parts: Parts): Promise<Omit<Walk, 'close'>> {
  const address = `http://127.0.0.1:${await freePort()}`
  const project = await openProject(parts, folder, `127.${71 + (process.pid % 100)}.3.9`)
  const repository = join(folder, 'app.git')
  await buildClinic({ into: repository, now: new Date() })
  const of = ['--app', APP, '--site', address, '--repository', repository]
  const opened: [Name, Account][] = []
  // One after the other: the app is built in one of them, and its owner's machine has two cores.
  for (const name of ACCOUNTS) opened.push([name, await openAccount(parts, name, ...of)])
  const machines = await emulateSandboxes({
    ...{ folder: join(folder, 'machines'), node: process.execPath, npm: await npmInstallation() },
  })
  parts.add('the emulated machines', machines.close)
  const origin = join(folder, 'origin')
  await publish(origin)
  const clone = join(folder, 'nightshift')
  await run('git', ['clone', '-q', origin, clone])
  const host = join(folder, 'vercel')
  parts.add('production', () => endOf(join(host, 'production.pid')))
  const terminal = await openTerminal(folder, clone, {
    ...baseEnv(),
    ...npmEnv(),
    PATH: `${dirname(process.execPath)}:${baseEnv().PATH ?? ''}`,
    NIGHTSHIFT_HOME: join(folder, 'laptop'),
    VERCEL_STAND_IN: host,
    VERCEL_STAND_IN_PORT: new URL(address).port,
    VERCEL_STAND_IN_PRELOAD: join(ROOT, 'tests/stories/deploy/reroute.mjs'),
    EMULATED_MACHINES: machines.url,
  })
  return {
    ...{ address, clone, origin, project, terminal, functions: join(folder, 'functions') },
    accounts: Object.fromEntries(opened) as Record<Name, Account>,
    variables: async () => JSON.parse(await readFile(join(host, 'production.json'), 'utf8')) as Record<string, string>,
    log: () => readFile(join(host, 'production.log'), 'utf8'),
  }
}

/** This checkout as it is now, as a repository somebody clones. */
async function publish(origin: string): Promise<void> {
  await mkdir(origin)
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  for (const file of stdout.split('\0').filter(Boolean))
    await cp(join(ROOT, file), join(origin, file), { preserveTimestamps: true }).catch((error) => {
      // Deleted here, and not yet in the index.
      if (error.code !== 'ENOENT') throw error
    })
  await run('git', ['init', '-q', '-b', 'main'], { cwd: origin })
  await commit(origin, 'As it is here')
}

export async function commit(repository: string, message: string): Promise<void> {
  const who = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' }
  const env = exactly({ ...baseEnv(), ...who, GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' })
  await run('git', ['add', '-A'], { cwd: repository, env })
  await run('git', ['commit', '-qm', message], { cwd: repository, env })
}

/** Puts Vercel's command line where `npx vercel` finds it, instead of fetching it. */
export async function installVercel({ clone }: Pick<Walk, 'clone'>): Promise<void> {
  const program = join(ROOT, 'tests/stories/deploy/vercelProgram.ts')
  const file = join(clone, 'node_modules/.bin/vercel')
  await writeFile(file, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, { mode: 0o755 })
}

async function endOf(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''))
  if (!pid) return
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, tries < 50 ? 'SIGTERM' : 'SIGKILL')
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
