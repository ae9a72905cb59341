import type { JSONValue } from 'postgres'
import type { Claim, EffectRequest } from '../domain/effect.ts'
import type { Lease } from '../domain/work.ts'
import { Fault } from '../errors.ts'
import { claimEffect, type EffectRow, settleEffect, triesOf } from '../store/effects.ts'
import type { Actor } from '../world.ts'

/** What the gate wrote down with its yes: fixed, so that whatever is built from it comes out the same in a retry. */
export interface Ticket {
  /** The key of this try. */
  key: string
  /** ISO 8601. */
  at: string
  audit: { seq: number; hash: string }
  /**
   * Throws once half of the call's time is over: a worker that was stopped meanwhile must not send any more, because
   * others may have asked the far side, heard that nothing happened, and begun anew. Called right before the call, which
   * gives up by itself within the other half (git after 20 s, HTTP after 10 s): nothing arrives after its deadline.
   */
  still(): void
}

export interface Call<R extends JSONValue> {
  /** Does it, once. A reason means that the far side certainly did nothing; throwing means that nobody knows. */
  send(ticket: Ticket): Promise<{ refused: string } | undefined>
  /** Asks the far side whether it happened. The only source of "done". */
  ask(): Promise<R | null>
}

export type Performed<R> =
  | { state: 'confirmed'; receipt: R }
  /** Under way or unknown: look again later. */
  | { state: 'waiting'; inMs: number; why: string }
  /** The gate said no; the reason is in the audit. */
  | { state: 'refused'; reason: string }
  /** The far side said no, three times (`most`) or for good. */
  | { state: 'failed'; why: string }

type World = Pick<Actor, 'sql' | 'halted'>

const TRIES = 3
const LOOK_AGAIN_MS = 1000

/**
 * The frame of every effect: claim, send, read back, settle. Claim and settle are transactions of their own; no
 * transaction is open during a call. An effect past its deadline is unknown and is asked about, never sent again blindly.
 */
export async function perform<R extends JSONValue>(
  world: World,
  lease: Lease,
  request: EffectRequest,
  call: Call<R>,
  most = TRIES,
): Promise<Performed<R>> {
  const { sql, halted } = world
  const tries = await triesOf(sql, request.project, request.key)
  const last = tries.at(-1)
  if (last?.state === 'failed' && tries.length >= most) return { state: 'failed', why: reasonOf(last.receipt) }
  const number = last?.state === 'failed' ? tries.length + 1 : Math.max(1, tries.length)
  const key = number === 1 ? request.key : `${request.key}#${number}`
  const still = timer(request.timeoutSeconds)
  const claim = await claimEffect(sql, lease, { ...request, key }, halted)
  if (claim.answer === 'no') return { state: 'refused', reason: claim.reason }
  if (claim.answer === 'wait') return { state: 'waiting', inMs: LOOK_AGAIN_MS, why: 'a call is under way' }
  if (claim.answer === 'confirmed') return { state: 'confirmed', receipt: claim.receipt as R }
  if (claim.answer === 'failed') return { state: 'waiting', inMs: 0, why: reasonOf(claim.receipt) }
  if (claim.answer === 'ask') return askAbout(world, request.project, key, call)
  const sent = await call.send(ticketOf(key, claim, still))
  if (sent) {
    await settleEffect(sql, request.project, key, 'failed', { why: sent.refused })
    return { state: 'waiting', inMs: 0, why: sent.refused }
  }
  const receipt = await call.ask()
  if (receipt === null) return { state: 'waiting', inMs: LOOK_AGAIN_MS, why: 'sent, and not yet seen on the far side' }
  await settleEffect(sql, request.project, key, 'confirmed', receipt)
  return { state: 'confirmed', receipt }
}

/** What became of a call that somebody else began: waits for its deadline, then asks. Nothing is sent. */
export async function recover<R extends JSONValue>(
  world: World,
  project: number,
  effect: EffectRow,
  call: Pick<Call<R>, 'ask'>,
): Promise<Performed<R>> {
  if (effect.overdue) return askAbout(world, project, effect.key, call)
  return { state: 'waiting', inMs: LOOK_AGAIN_MS, why: `a ${effect.kind} to ${effect.target} is under way` }
}

async function askAbout<R extends JSONValue>(
  { sql }: World,
  project: number,
  key: string,
  call: Pick<Call<R>, 'ask'>,
): Promise<Performed<R>> {
  const receipt = await call.ask()
  if (receipt !== null) {
    await settleEffect(sql, project, key, 'confirmed', receipt)
    return { state: 'confirmed', receipt }
  }
  await settleEffect(sql, project, key, 'failed', { why: 'the far side knows nothing of it' })
  return { state: 'waiting', inMs: 0, why: 'it did not happen and is tried again' }
}

const ticketOf = (key: string, claim: Extract<Claim, { answer: 'yes' }>, still: () => void): Ticket => ({
  key,
  at: claim.at,
  audit: claim.audit,
  still,
})

/** By both clocks: one of them stands still while a machine sleeps, the other can be set. Counted from before the claim. */
function timer(seconds: number): () => void {
  const began = { steady: performance.now(), wall: Date.now() }
  return () => {
    const passed = Math.max(performance.now() - began.steady, Date.now() - began.wall)
    if (passed >= seconds * 500) throw new Fault('TOO_LATE', `${Math.round(passed / 1000)} s after it was allowed`)
  }
}

const reasonOf = (receipt: unknown): string => {
  const why = (receipt as { why?: unknown } | null)?.why
  return typeof why === 'string' ? why : 'it failed'
}
