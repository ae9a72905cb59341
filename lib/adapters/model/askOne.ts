import { setTimeout as sleep } from 'node:timers/promises'
import type { Block, ModelFailure, ModelRequest } from '../../domain/model.ts'
import type { Budget } from '../../world.ts'
import { askedAgain, type Checked } from './check.ts'
import { type Paid, paidCall } from './paidCall.ts'
import type { Answered, Provider, Setback } from './provider.ts'

/** How often a provider that is down or busy is asked once more. */
const REPEATS = 2
/** An answer that is not what was asked for counts as a provider's second and last. */
const MALFORMED_MAX = 2

export type One =
  | { end: 'answered'; blocks: Block[]; stop: 'end' | 'calls' }
  | { end: 'setback'; setback: Setback }
  | { end: 'stopped'; why: ModelFailure; detail: string }

export interface Asking {
  request: ModelRequest
  check(answer: Answered): Checked
  budget: Budget
  /** This provider's share of the time. */
  signal: AbortSignal
  /** Whether there is nothing better to do for so long than to wait for this provider. */
  mayWait(ms: number): boolean
  /** Told of every call that was made. */
  count(paid: Paid): void
}

/** One provider, until it answers or is given up: waits where that is worth it, tells it once what is wrong with its answer. */
export async function askOne(provider: Provider, asking: Asking): Promise<One> {
  const { request, check, budget, signal, mayWait, count } = asking
  let asked = request
  let malformed = 0
  let repeats = 0
  for (;;) {
    const paid = await paidCall(provider, asked, budget, signal)
    count(paid)
    if (!paid.made) return { end: 'stopped', ...paid.no }
    const { reply } = paid
    const checked = reply.ok ? check(reply) : null
    if (reply.ok && checked?.ok) return { end: 'answered', blocks: checked.blocks, stop: reply.stop }
    const setback = reply.ok ? wrong(reply, checked) : reply
    if (setback.why === 'malformed') {
      malformed += 1
      if (malformed >= MALFORMED_MAX || signal.aborted) return { end: 'setback', setback }
      if (reply.ok) asked = askedAgain(request, reply.blocks, setback.detail)
      continue
    }
    if (setback.againInMs === null || repeats >= REPEATS) return { end: 'setback', setback }
    // Twice as long each time, so that whoever is busy is not kept so by us.
    const wait = setback.againInMs * 2 ** repeats
    if (!mayWait(wait) || !(await waited(wait, signal))) return { end: 'setback', setback }
    repeats += 1
  }
}

const wrong = ({ usage }: Answered, checked: Checked | null): Setback => ({
  ok: false,
  why: 'malformed',
  detail: checked && !checked.ok ? checked.problem : 'not what was asked for',
  usage,
  againInMs: null,
})

const waited = (ms: number, signal: AbortSignal): Promise<boolean> => sleep(ms, true, { signal }).catch(() => false)
