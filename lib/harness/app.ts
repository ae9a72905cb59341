import { type ChildProcess, spawn } from 'node:child_process'
import { homedir, tmpdir } from 'node:os'
import { dirname } from 'node:path'
import type { AppCommands } from '../domain/replay.ts'
import { send } from './send.ts'
import { freePort } from './services/port.ts'
import { tailOf } from './tail.ts'
import { until } from './wait.ts'

export interface App {
  port: number
  alive(): boolean
  /** Ends the app and everything it started. */
  stop(): Promise<void>
  output(): string
  /** Milliseconds from `start` to the first healthy answer. */
  startedMs: number
}

export type Stage = 'prepare' | 'start' | 'health'
export type AppFailure = { stage: Stage; why: string; output: string }

/** A sandbox run has 120 s in all by default; one that is not healthy after 30 s will not be. */
export const HEALTH_MS = 30_000
const PREPARE_MS = 60_000
const OUTPUT_BYTES = 4096
/** No request of a session has it, so an event of a health probe is nobody's. */
const HEALTH_TRACE = 'f'.repeat(32)

/** Runs `prepare`, then `start`, and waits until `health` answers below 400. */
export async function startApp(commands: AppCommands, dsn: string, healthMs = HEALTH_MS): Promise<App | AppFailure> {
  const port = await freePort()
  const env = environment(commands, dsn, port)
  if (commands.prepare) {
    const failed = await prepare(commands.prepare, env)
    if (failed) return failed
  }
  const from = performance.now()
  const running = run(commands.start, env)
  const { child, output } = running
  const stop = (): Promise<void> => end(child)
  let healthy = false
  while (!healthy && child.exitCode === null && child.signalCode === null && performance.now() - from < healthMs) {
    const { status } = await send(port, { method: 'GET', path: commands.health, headers: {}, body: null }, HEALTH_TRACE)
    healthy = status >= 200 && status < 400
    if (!healthy) await until(() => ended(child), 50)
  }
  if (!healthy) {
    const exited = ended(child)
    await stop()
    const why = exited
      ? `the app ended with ${child.signalCode ?? child.exitCode} before it was healthy`
      : `${commands.health} was not healthy within ${healthMs} ms`
    return { stage: exited ? 'start' : 'health', why, output: output() }
  }
  return { port, alive: () => !ended(child), stop, output, startedMs: Math.round(performance.now() - from) }
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** All an app sees: what the manifest declares, and where to listen and report. Nothing it declares can move the DSN. */
function environment(commands: AppCommands, dsn: string, port: number): Record<string, string> {
  return {
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: homedir(),
    TMPDIR: tmpdir(),
    LANG: 'C.UTF-8',
    ...commands.env,
    PORT: String(port),
    SENTRY_DSN: dsn,
    SENTRY_RELEASE: 'replay',
    SENTRY_ENVIRONMENT: 'staging',
  }
}

function run(command: string, env: Record<string, string>): { child: ChildProcess; output: () => string } {
  // Its own process group, so that what it starts ends with it.
  const exactly = env as NodeJS.ProcessEnv
  const child = spawn('/bin/sh', ['-c', command], { env: exactly, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const tail = tailOf(OUTPUT_BYTES)
  child.stdout.on('data', tail.push)
  child.stderr.on('data', tail.push)
  child.on('error', (error) => tail.push(Buffer.from(error.message)))
  return { child, output: tail.text }
}

async function prepare(command: string, env: Record<string, string>): Promise<AppFailure | null> {
  const { child, output } = run(command, env)
  const done = await until(() => ended(child), PREPARE_MS)
  if (!done) await end(child)
  if (done && child.exitCode === 0) return null
  const why = done
    ? `prepare ended with ${child.signalCode ?? child.exitCode}`
    : `prepare did not end within ${PREPARE_MS} ms`
  return { stage: 'prepare', why, output: output() }
}

async function end(child: ChildProcess): Promise<void> {
  const group = child.pid
  if (group === undefined) return
  signal(group, 'SIGTERM')
  await until(() => ended(child), 500)
  signal(group, 'SIGKILL')
  await until(() => ended(child), 2000)
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name)
  } catch {
    // ESRCH: everybody in the group has ended already, which is what was asked for.
  }
}
