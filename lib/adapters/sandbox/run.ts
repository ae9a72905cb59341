import { type ChildProcess, spawn } from 'node:child_process'
import { type FileHandle, open } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import { killQuietly } from './alive.ts'
import { BLOCK_FD, SECCOMP_FD, STATUS_FD } from './argv.ts'
import { type Captured, capture } from './capture.ts'
import { type EgressCounter, openEgress } from './egress.ts'
import { exactly } from './environment.ts'
import { inheritable } from './fds.ts'

export interface Launch {
  argv: string[]
  stdin: string | null
  wallMs: number
  outputBytes: number
  /** File with the compiled filter; null where there is none. */
  seccomp: string | null
}

export interface Ended {
  /** Exit status the sandbox's first process reported; null when the guest never ended by itself. */
  status: number | null
  /** Whether the sandbox came up at all. */
  started: boolean
  /** `uncounted`: the network counters could not be opened, so the guest was never let in. */
  killed: 'timed-out' | 'flooded' | 'uncounted' | null
  stdout: Captured
  stderr: Captured
  egress: number
  ms: number
}

/** The launcher's whole environment: /proc/1/environ inside shows what bwrap itself was started with. */
const ENVIRONMENT = exactly({ PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' })
/** How long the kernel may take to tear a namespace down before we stop waiting for it. */
const TEARDOWN_MS = 5_000

/** Lines of bwrap's `--json-status-fd`: first the pid, at the end the exit status. */
function onStatus(channel: Duplex, found: (name: 'child-pid' | 'exit-code', value: number) => void): void {
  let text = ''
  channel.on('error', () => undefined)
  channel.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 1)
      for (const name of ['child-pid', 'exit-code'] as const) {
        const value = new RegExp(`"${name}": (\\d+)`).exec(line)?.[1]
        if (value !== undefined) found(name, Number(value))
      }
    }
  })
}

async function descriptors(filter: FileHandle | null, nothing: FileHandle, stdin: boolean) {
  const stdio: ('pipe' | 'ignore' | number)[] = [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe', 'pipe', 'pipe']
  stdio[SECCOMP_FD] = filter ? filter.fd : nothing.fd
  for (const fd of await inheritable(SECCOMP_FD + 1)) {
    while (stdio.length < fd) stdio.push('ignore')
    stdio[fd] = nothing.fd
  }
  return stdio
}

/** Resolves when every process of the run is gone; rejects only when the launcher cannot be started at all. */
export async function launch({ argv, stdin, wallMs, outputBytes, seccomp }: Launch): Promise<Ended> {
  const nothing = await open('/dev/null', 'r+')
  const filter = seccomp === null ? null : await open(seccomp)
  try {
    const stdio = await descriptors(filter, nothing, stdin !== null)
    return await watch(argv, stdio, { stdin, wallMs, outputBytes })
  } finally {
    await nothing.close()
    await filter?.close()
  }
}

async function watch(
  argv: string[],
  stdio: ('pipe' | 'ignore' | number)[],
  { stdin, wallMs, outputBytes }: Pick<Launch, 'stdin' | 'wallMs' | 'outputBytes'>,
): Promise<Ended> {
  const began = performance.now()
  const launcher: ChildProcess = spawn(argv[0] ?? '', argv.slice(1), { env: ENVIRONMENT, cwd: '/', stdio })
  let first: number | null = null
  let status: number | null = null
  let killed: Ended['killed'] = null
  let counter: Promise<EgressCounter | null> = Promise.resolve(null)

  const kill = (why: NonNullable<Ended['killed']>) => {
    killed ??= why
    // The sandbox's first process takes all others with it and leaves no zombie; killing the launcher would leave one.
    if (first !== null && why !== 'uncounted') killQuietly(first)
    else launcher.kill('SIGKILL')
  }
  const { stdout, stderr } = launcher
  const report = launcher.stdio[STATUS_FD] as Duplex
  const gate = launcher.stdio[BLOCK_FD] as Duplex
  if (!stdout || !stderr) throw new TypeError('a pipe is missing')
  const out = capture(stdout, outputBytes, () => kill('flooded'))
  const err = capture(stderr, outputBytes, () => kill('flooded'))
  gate.on('error', () => undefined)
  onStatus(report, (name, value) => {
    if (name === 'exit-code') {
      status = value
      return
    }
    first = value
    // The guest waits at the gate until the host holds its counters open.
    counter = openEgress(value).catch(() => null)
    void counter.then((held) => (held ? gate.end('1') : kill('uncounted')))
  })
  launcher.stdin?.on('error', () => undefined)
  launcher.stdin?.end(stdin ?? '')

  const wall = setTimeout(() => kill('timed-out'), wallMs)
  await ended(launcher, wallMs).finally(() => clearTimeout(wall))
  const held = await counter
  const egress = (await held?.count()) ?? 0
  await held?.close()
  return {
    status,
    started: first !== null,
    killed,
    stdout: out(),
    stderr: err(),
    egress,
    ms: performance.now() - began,
  }
}

function ended(launcher: ChildProcess, wallMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const last = setTimeout(() => {
      launcher.kill('SIGKILL')
      for (const stream of launcher.stdio) stream?.destroy()
    }, wallMs + TEARDOWN_MS)
    launcher.on('error', (error) => {
      clearTimeout(last)
      reject(error)
    })
    launcher.on('close', () => {
      clearTimeout(last)
      resolve()
    })
  })
}
