import type { Severity } from '../domain/issue.ts'
import type { Policy } from '../domain/project.ts'
import { hoursWindow } from './hours.ts'

/** A decision is judged again after this long: facts age (a quarter of an hour, the tick's widest clock). */
export const HOLDS_MS = 15 * 60_000

/**
 * The gate judges by the database's clock, and ours may be ahead of it: a decision that holds now has held for a minute,
 * though never since before the hours opened.
 */
export const SKEW_MS = 60_000

/** P0 and P1 are not; everything else waits for production hours (design, section 7). */
export const isBoundByHours = (severity: Severity): boolean => severity !== 'P0' && severity !== 'P1'

/** When a decision holds; empty (`from` equals `until`) when the hours never open. */
export interface Opening {
  from: Date
  until: Date
  /** null where hours play no part. */
  why: string | null
}

export function openingOf(facts: { severity: Severity; policy: Policy; now: Date }): Opening {
  const { severity, policy, now } = facts
  if (!isBoundByHours(severity)) return fromNow(now, `${severity} is not bound by production hours.`)
  const hours = hoursWindow(policy.hours, now)
  const from = hours.open ? new Date(Math.max(hours.from.getTime(), now.getTime() - SKEW_MS)) : hours.from
  const until = new Date(Math.min(after(hours.open ? now : from).getTime(), hours.until.getTime()))
  return { from, until, why: hours.why }
}

/** Holds at once. */
export const fromNow = (now: Date, why: string | null): Opening => ({
  from: new Date(now.getTime() - SKEW_MS),
  until: after(now),
  why,
})

const after = (from: Date): Date => new Date(from.getTime() + HOLDS_MS)
