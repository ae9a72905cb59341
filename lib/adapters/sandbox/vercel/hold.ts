import { setTimeout as pause } from 'node:timers/promises'
import { type Machine, within } from './machine.ts'
import { isTaken } from './trouble.ts'

/** Between two signs of life of whoever makes a set. */
const BEAT_MS = 20_000
/** What the machine of a set is given at first: killed, whoever makes it leaves its name free after so long. */
export const HELD_MS = 3 * BEAT_MS
/** As long as the slowest install, nearly, and a minute less than the shortest tick. */
const WAIT_MS = 4 * 60_000
const LOOK_MS = 2000

/** Keeps a machine of `HELD_MS` alive while `work` has it made. */
export async function held<T>({ session }: Machine, work: () => Promise<T>): Promise<T> {
  const extend = () => void session.extendTimeout(BEAT_MS, within(BEAT_MS)).catch(() => undefined)
  const beat = setInterval(extend, BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
  }
}

/**
 * Makes a set unless another process is at it, which has its name: then what that one makes is waited for, and made here
 * once it has given up or is gone.
 */
export async function madeOnce<T>(find: () => Promise<T | null>, make: () => Promise<T>): Promise<T> {
  for (const until = performance.now() + WAIT_MS; ; ) {
    try {
      return await make()
    } catch (error) {
      if (!isTaken(error) || performance.now() > until) throw error
    }
    await pause(LOOK_MS)
    const there = await find()
    if (there !== null) return there
  }
}
