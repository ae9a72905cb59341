import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { type Box, boxArgs, mountsOf } from './box.ts'
import { withReach } from './reach.ts'
import type { Runtime } from './runtime.ts'

export interface Ended {
  code: number | null
  signal: string | null
}

/** A command that runs in a box. */
export interface Running {
  /** Settles when everything in the box is gone. */
  ended: Promise<Ended>
  /** Kills everything in the box at once. */
  kill(): void
}

/** The launcher's whole environment: process 1 of a box is bubblewrap, and the box can read its environment. */
const LAUNCHER_ENV = { PATH: '/usr/local/bin:/usr/bin:/bin' } as Record<string, string> as NodeJS.ProcessEnv

/**
 * As root: another user without any capability, so that the box's root is nobody here. 1024 processes and threads
 * are ten times what a Node app with a build worker per core uses; core files would hold memory on disk.
 */
export function userPrefix(uid: number | null): string[] {
  const limits = ['/usr/bin/prlimit', '--nproc=1024', '--core=0', '--nofile=8192', '--']
  if (uid === null) return limits
  const id = String(uid)
  const drop = ['--clear-groups', '--inh-caps=-all', '--bounding-set=-all', '--no-new-privs', '--']
  return ['/usr/bin/setpriv', '--reuid', id, '--regid', id, ...drop, ...limits]
}

/** Starts a box; `onOutput` gets what it writes to stdout and stderr, in the order it arrives. */
export function launch(runtime: Runtime, box: Box, uid: number | null, onOutput: (chunk: Buffer) => void): Running {
  const all = mountsOf(runtime, box)
  const { prefix, mounts } = uid === null ? { prefix: [], mounts: all } : withReach(all)
  const inner = ['/usr/bin/bwrap', '--info-fd', '3', '--args', '4', '--', '/bin/sh', '-c', box.command]
  const [file = '', ...argv] = [...prefix, ...userPrefix(uid), ...inner]
  const child = spawn(file, argv, {
    cwd: '/',
    env: LAUNCHER_ENV,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  child.stdout?.on('data', onOutput)
  child.stderr?.on('data', onOutput)
  sendArgs(child, boxArgs(mounts, { ...runtime.env, ...box.env }))
  const inside = readInside(child)
  const ended = new Promise<Ended>((resolve) => {
    child.on('error', (error) => {
      onOutput(Buffer.from(`${error.message}\n`))
      resolve({ code: null, signal: null })
    })
    child.on('close', (code, signal) => resolve({ code, signal }))
  })
  return { ended, kill: () => killBox(child, inside()) }
}

function sendArgs(child: ChildProcess, args: string[]): void {
  const pipe = child.stdio[4] as Writable
  // bubblewrap may refuse and end before it has read everything: its exit status says why
  pipe.on('error', () => {})
  pipe.end(args.map((arg) => `${arg}\0`).join(''))
}

/** The host's number of the box's first process, once bubblewrap has said it. */
function readInside(child: ChildProcess): () => number | null {
  let text = ''
  const pipe = child.stdio[3] as Readable
  pipe.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return () => {
    const digits = /"child-pid":\s*(\d+)/.exec(text)?.[1]
    return digits === undefined ? null : Number(digits)
  }
}

/** Killing the first process inside ends all others and lets bubblewrap be reaped; before it exists, bubblewrap itself. */
function killBox(child: ChildProcess, inside: number | null): void {
  if (child.exitCode !== null || child.signalCode !== null) return
  if (inside === null) child.kill('SIGKILL')
  else {
    try {
      process.kill(inside, 'SIGKILL')
    } catch {
      child.kill('SIGKILL')
    }
  }
}
