import { spawn } from 'node:child_process'

export interface Executed {
  /** Null when it had to be killed. */
  exit: number | null
  output: string
  /** Until its end; where it had to be killed, until it last said something. */
  ms: number
}

/** The beginning and the end are kept: a summary stands at the end, what the output is and what broke first at the beginning. */
const HEAD = 1024 * 1024
const TAIL = 6 * 1024 * 1024
const LEFT_OUT = Buffer.from('\n[left out]\n')
/** What outlives the command, such as a server a test left behind, holds its pipes open; it is not waited for. */
const AFTER_MS = 500

/** Tests that neither end nor print for so long hang: the slowest of real suites, and compilers, say something earlier. */
const QUIET_MS = 180_000

/**
 * Runs a shell line in a process group of its own, and ends all of the group when its time is up, or when it has said
 * nothing for `quietMs`.
 */
export function execute(
  command: string,
  cwd: string,
  env: Record<string, string>,
  wallMs: number,
  quietMs = QUIET_MS,
): Promise<Executed> {
  return new Promise((resolve) => {
    const began = performance.now()
    const child = spawn('/bin/sh', ['-c', command], {
      ...{ cwd, env: env as NodeJS.ProcessEnv, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    })
    const { keep, kept } = keeper()
    let killed = false
    let said = began
    const end = () => {
      try {
        process.kill(-child.pid!, 'SIGKILL')
      } catch {}
    }
    const kill = () => {
      killed = true
      end()
    }
    const timer = setTimeout(kill, wallMs)
    const silence = setTimeout(kill, quietMs)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        keep(chunk)
        said = performance.now()
        silence.refresh()
      })
    let over = false
    const done = (exit: number | null) => {
      if (over) return
      over = true
      clearTimeout(timer)
      clearTimeout(silence)
      end()
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      resolve({ exit: killed ? null : exit, output: kept(), ms: (killed ? said : performance.now()) - began })
    }
    child.on('error', () => done(127))
    child.on('exit', (code) => setTimeout(() => done(code), AFTER_MS).unref())
    child.on('close', (code) => done(code))
  })
}

function keeper() {
  const head: Buffer[] = []
  const tail: Buffer[] = []
  let [inHead, inTail, isCut] = [0, 0, false]
  return {
    keep(chunk: Buffer): void {
      if (inHead < HEAD) {
        head.push(chunk)
        inHead += chunk.length
        return
      }
      tail.push(chunk)
      inTail += chunk.length
      while (inTail - tail[0]!.length > TAIL) {
        inTail -= tail.shift()!.length
        isCut = true
      }
    },
    kept: (): string => Buffer.concat([...head, ...(isCut ? [LEFT_OUT] : []), ...tail]).toString(),
  }
}
