import { spawn } from 'node:child_process'
import { dieWithParent } from './dieWithParent.ts'
import { exactly } from './env.ts'
import { openLog } from './logFile.ts'

export interface Program {
  /** Names its log file. */
  name: string
  argv: [string, ...string[]]
  cwd: string
  /** The whole environment: nothing is inherited. */
  env: Record<string, string>
  /** Folder of the log file. */
  logs: string
  onLine?: (line: string) => void
  /** What it gets when we end without stopping it; a program that may ignore TERM, and may be killed at any line, gets KILL. */
  orphaned?: 'TERM' | 'KILL'
}

export interface Child {
  name: string
  pid: number
  /** How it ended, in words. */
  ended: Promise<string>
  /** SIGTERM to its process group, SIGKILL after `graceMs`; resolves when it is gone. */
  stop(graceMs?: number): Promise<void>
  /** SIGKILL to its process group at once, as a power cut would. */
  kill(): Promise<void>
  /** Its last lines and where the others are: what to show when it ended too early. */
  tail(): string
}

/** Long enough for the platform to stop its apps. */
const GRACE_MS = 10_000

/**
 * Starts a program as the leader of its own process group: Ctrl-C in the terminal reaches us alone and we stop children
 * in order, and a signal to the group reaches what the program itself started, never anybody else's process.
 */
export function spawnChild(program: Program): Child {
  const { name, cwd, env } = program
  const log = openLog(program.logs, name)
  const argv = dieWithParent(program.orphaned ?? 'TERM', program.argv)
  const child = spawn(argv[0], argv.slice(1), {
    cwd,
    env: exactly(env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  log.take(child.stdout, program.onLine)
  log.take(child.stderr, program.onLine)
  const signal = (which: 'SIGTERM' | 'SIGKILL') => {
    if (child.pid !== undefined) signalGroup(child.pid, which)
  }
  let alive = true
  const ended = new Promise<string>((resolve) => {
    const end = (how: string) => {
      alive = false
      resolve(how)
    }
    child.once('error', (error) => end(`could not be run: ${error.message}`))
    child.once('exit', (code, by) => {
      // Its group may outlive it.
      signal('SIGKILL')
      end(`ended with ${by ?? code}`)
    })
    child.once('close', () => log.close())
  })
  return {
    name,
    pid: child.pid ?? -1,
    ended,
    async stop(graceMs = GRACE_MS) {
      if (!alive) return
      signal('SIGTERM')
      const insist = setTimeout(() => signal('SIGKILL'), graceMs)
      await ended
      clearTimeout(insist)
    },
    async kill() {
      if (!alive) return
      signal('SIGKILL')
      await ended
    },
    tail: () => `${log.tail()}\n(all of it: ${log.path})`,
  }
}

function signalGroup(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(-pid, which)
  } catch {
    // ESRCH: the group is gone already.
  }
}
