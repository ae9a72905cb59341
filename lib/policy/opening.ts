import type { Severity } from '../domain/issue.ts'
import type { Policy } from '../domain/project.ts'
import { hoursWindow } from './hours.ts'

/** A decision is judged again after this long: facts age (a quarter of an hour, the tick's widest clock). */
export const HOLDS_MS = 15 * 60_000

/** When a decision holds; empty (`from` equals `until`) when the hours never open. */
export interface Opening {
  from: Date
  until: Date
  /** null where hours play no part. */
  why: string | null
}

/** P0 and P1 are not bound by production hours; everything else waits for them. */
export function openingOf(facts: { severity: Severity; policy: Policy; now: Date }): Opening {
  const { severity, policy, now } = facts
  if (severity === 'P0' || severity === 'P1') return fromNow(now, `${severity} is not bound by production hours.`)
  const hours = hoursWindow(policy.hours, now)
  const from = hours.open ? now : hours.from
  const until = new Date(Math.min(after(from).getTime(), hours.until.getTime()))
  return { from, until, why: hours.why }
}

/** Holds at once. */
export const fromNow = (now: Date, why: string | null): Opening => ({ from: now, until: after(now), why })

const after = (from: Date): Date => new Date(from.getTime() + HOLDS_MS)
