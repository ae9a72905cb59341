import { firstInstant, isZone } from './zone.ts'

export type Since = { ok: true; at: Date } | { ok: false; why: string }

const HOUR = 3_600_000
/** A night and the day before it. */
const USUAL = 24 * HOUR
/** Events are gone long before; a year back is a typing error. */
const FURTHEST = 366 * 24 * HOUR

/**
 * Where a note begins: `24h`, `7d`, an instant with its offset, or a time as the wall of the project's zone shows it
 * (`2026-11-27T18:00`, or a day alone, which is its midnight). Nothing said is the last 24 hours.
 */
export function sinceOf(text: string | null, zone: string, now: Date): Since {
  const at = text === null ? now.getTime() - USUAL : (span(text, now) ?? moment(text, zone))
  if (at === null || Number.isNaN(at)) return { ok: false, why: 'Since when? Say 24h, 7d or 2026-11-27T18:00.' }
  if (at > now.getTime()) return { ok: false, why: 'That has not happened yet.' }
  if (at < now.getTime() - FURTHEST) return { ok: false, why: 'That is more than a year ago.' }
  return { ok: true, at: new Date(at) }
}

function span(text: string, now: Date): number | null {
  const match = /^([1-9]\d{0,3})([hd])$/.exec(text)
  return match ? now.getTime() - Number(match[1]) * (match[2] === 'h' ? HOUR : 24 * HOUR) : null
}

function moment(text: string, zone: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text)
  if (!match) return null
  const [, day, clock = '00:00', seconds = '00', offset] = match
  const wall = Date.parse(`${day}T${clock}:${seconds}Z`)
  // A date that rolls over (30 February) is none.
  if (Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(`${day}T${clock}`)) return null
  if (offset) return Date.parse(`${day}T${clock}:${seconds}${offset}`)
  return firstInstant(isZone(zone) ? zone : 'UTC', wall)
}
