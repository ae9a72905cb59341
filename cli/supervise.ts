import { type Child, type Program, spawnChild } from './children.ts'

/** Milliseconds before each restart in a row; the last one repeats. */
export const BACKOFF_MS = [500, 1000, 2000, 5000, 10_000, 30_000]
/** A program that ran this long had started well: the next failure waits the shortest time again. */
const WELL_MS = 60_000

export interface Supervised {
  /** The process that runs now, or null between two. */
  current(): Child | null
  /** Starts it where it is down, at once. */
  start(): Child
  /** Ends it as a power cut would; it stays down until `start`. */
  kill(): Promise<void>
  stop(): Promise<void>
}

/** Keeps a program running: one that ends by itself is started again after a growing pause, and `onRestart` is told. */
export function supervise(
  program: Program,
  onRestart: (how: string, inMs: number) => void,
  backoff: number[] = BACKOFF_MS,
): Supervised {
  let child: Child | null = null
  let timer: NodeJS.Timeout | undefined
  let wanted = true
  let failures = 0

  function start(): Child {
    clearTimeout(timer)
    wanted = true
    if (child) return child
    const born = Date.now()
    const started = spawnChild(program)
    child = started
    void started.ended.then((how) => {
      child = null
      if (!wanted) return
      if (Date.now() - born > WELL_MS) failures = 0
      const inMs = backoff[Math.min(failures, backoff.length - 1)] ?? 0
      failures += 1
      onRestart(how, inMs)
      timer = setTimeout(start, inMs)
    })
    return started
  }

  async function down(how: 'kill' | 'stop'): Promise<void> {
    wanted = false
    clearTimeout(timer)
    await child?.[how]()
  }

  start()
  return { current: () => child, start, kill: () => down('kill'), stop: () => down('stop') }
}
