import type { Setback } from './provider.ts'

/** Waits up to here are waited out; for longer ones the next provider is asked, where there is one (milliseconds). */
export const LONG_WAIT_MS = 10_000

/** What a process knows about its providers: who refused its credentials, and who said to come back later. */
export interface Health {
  /** Why a provider is not asked now; null: it is. */
  problem(name: string): Pick<Setback, 'why' | 'detail'> | null
  learn(name: string, setback: Setback): void
}

export function newHealth(now: () => number = () => performance.now()): Health {
  const off = new Map<string, string>()
  const until = new Map<string, number>()
  return {
    problem(name) {
      const refused = off.get(name)
      if (refused !== undefined) return { why: 'unauthorised', detail: `not asked again after ${refused}` }
      const ms = (until.get(name) ?? 0) - now()
      return ms > 0 ? { why: 'limited', detail: `it said to come back in ${Math.ceil(ms / 1000)} s` } : null
    },
    learn(name, { why, detail, againInMs }) {
      // A key that was refused is refused until somebody changes it, and that takes a new process.
      if (why === 'unauthorised') off.set(name, detail)
      if (why === 'limited' && againInMs !== null && againInMs > LONG_WAIT_MS) until.set(name, now() + againInMs)
    },
  }
}
