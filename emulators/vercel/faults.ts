/**
 * What goes wrong with a call: a status `before` or `after` its work is done, an answer that is `lost` after the work or
 * `cut` in half, a limit, a delay, or a look at the state as it was a while ago.
 */
export type Trouble =
  | { kind: 'before' | 'after'; status: number }
  | { kind: 'limit'; seconds: number }
  | { kind: 'lost' }
  | { kind: 'cut' }
  | { kind: 'slow'; ms: number }
  | { kind: 'stale'; ms: number }

/** One trouble for the calls whose `METHOD path` it matches, so many times. */
export interface Fault {
  on: RegExp
  times: number
  what: Trouble
}

/** Takes one of the troubles meant for a call. */
export function troubleFor(faults: Fault[], call: string): Trouble | null {
  const fault = faults.find(({ on, times }) => times > 0 && on.test(call))
  if (!fault) return null
  fault.times -= 1
  return fault.what
}
