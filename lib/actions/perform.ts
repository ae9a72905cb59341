import type { JSONValue } from 'postgres'
import type { EffectRequest } from '../domain/effect.ts'
import type { Lease } from '../domain/work.ts'
import { claimEffect, settleEffect, triesOf } from '../store/effects.ts'
import type { Actor } from '../world.ts'

/** What the gate wrote down with its yes: fixed, so that whatever is built from it comes out the same in a retry. */
export interface Ticket {
  /** The key of this try, also the far side's idempotency key. */
  key: string
  /** ISO 8601. */
  at: string
  audit: { seq: number; hash: string }
}

export interface Call<R extends JSONValue> {
  /** Does it, once. A reason means that the far side certainly did nothing; throwing means that nobody knows. */
  send(ticket: Ticket): Promise<{ refused: string } | undefined>
  /** Asks the far side whether it happened. The only source of "done". */
  ask(ticket: Ticket): Promise<R | null>
}

export type Performed<R> =
  | { state: 'confirmed'; receipt: R }
  /** Under way or unknown: look again later. */
  | { state: 'waiting'; inMs: number; why: string }
  /** The gate said no; the reason is in the audit. */
  | { state: 'refused'; reason: string }
  /** The far side said no, three times or for good. */
  | { state: 'failed'; why: string }

const TRIES = 3
const LOOK_AGAIN_MS = 1000

/**
 * The frame of every effect: claim, send, read back, settle. Claim and settle are transactions of their own; no
 * transaction is open during a call. An effect past its deadline is unknown and is asked about, never sent again blindly.
 */
export async function perform<R extends JSONValue>(
  world: Pick<Actor, 'sql'>,
  lease: Lease,
  request: EffectRequest,
  call: Call<R>,
): Promise<Performed<R>> {
  const { sql } = world
  const tries = await triesOf(sql, request.project, request.key)
  const last = tries.at(-1)
  if (last?.state === 'failed' && tries.length >= TRIES) return { state: 'failed', why: reasonOf(last.receipt) }
  const number = last?.state === 'failed' ? tries.length + 1 : Math.max(1, tries.length)
  const key = number === 1 ? request.key : `${request.key}#${number}`
  const claim = await claimEffect(sql, lease, { ...request, key })
  if (claim.answer === 'no') return { state: 'refused', reason: claim.reason }
  if (claim.answer === 'wait') return { state: 'waiting', inMs: LOOK_AGAIN_MS, why: 'a call is under way' }
  if (claim.answer === 'confirmed') return { state: 'confirmed', receipt: claim.receipt as R }
  if (claim.answer === 'failed') return { state: 'waiting', inMs: 0, why: reasonOf(claim.receipt) }
  const ticket: Ticket = { key, at: claim.at, audit: claim.audit }
  const settle = (as: 'confirmed' | 'failed', receipt: JSONValue) =>
    settleEffect(sql, request.project, key, as, receipt)
  if (claim.answer === 'yes') {
    const sent = await call.send(ticket)
    if (sent) {
      await settle('failed', { why: sent.refused })
      return { state: 'waiting', inMs: 0, why: sent.refused }
    }
  }
  const receipt = await call.ask(ticket)
  if (receipt !== null) {
    await settle('confirmed', receipt)
    return { state: 'confirmed', receipt }
  }
  if (claim.answer === 'ask') {
    await settle('failed', { why: 'the far side knows nothing of it' })
    return { state: 'waiting', inMs: 0, why: 'it did not happen and is tried again' }
  }
  return { state: 'waiting', inMs: LOOK_AGAIN_MS, why: 'sent, and not yet seen on the far side' }
}

const reasonOf = (receipt: unknown): string => {
  const why = (receipt as { why?: unknown } | null)?.why
  return typeof why === 'string' ? why : 'it failed'
}
