import type { NotifySettings } from '../domain/notifySettings.ts'
import type { Summary, SummaryKind } from '../domain/summary.ts'
import { lastSlot, mondayOf, type Schedule } from './slots.ts'

/** A summary that is to be made now. */
export interface DueSummary {
  kind: SummaryKind
  period: string
  since: Date
}

export interface SummaryFacts {
  notify: Pick<NotifySettings, 'handOver' | 'weekly'>
  /** The project's. */
  zone: string
  /** When the project was registered. */
  begun: Date
  /** The newest of each kind. */
  last: Partial<Record<SummaryKind, Pick<Summary, 'period' | 'until'>>>
  now: Date
}

/** Null: there are no hand-overs. */
export const handOverSchedule = ({ on, at, days }: NotifySettings['handOver'], zone: string): Schedule | null =>
  on ? { zone, at, days } : null

const weeklySchedule = ({ on, at, day }: NotifySettings['weekly'], zone: string): Schedule | null =>
  on ? { zone, at, days: [day] } : null

/**
 * Summaries whose time has come and that are not made yet. One that was missed is made late, once: what came after it was
 * to be made is in it, and the next one begins there. Never two of a period, and never one of a period that is past
 * another's: a time, a day or a zone that is changed skips or delays one.
 */
export function dueSummaries(facts: SummaryFacts): DueSummary[] {
  const { notify, zone } = facts
  return [
    due(facts, 'hand-over', handOverSchedule(notify.handOver, zone), (day) => day),
    due(facts, 'weekly-review', weeklySchedule(notify.weekly, zone), mondayOf),
  ].filter((one) => one !== null)
}

function due(
  { begun, last, now }: SummaryFacts,
  kind: SummaryKind,
  schedule: Schedule | null,
  periodOf: (day: string) => string,
): DueSummary | null {
  const slot = schedule && lastSlot(schedule, now)
  if (!schedule || !slot || slot.at <= begun) return null
  const period = periodOf(slot.day)
  const before = last[kind]
  if (before && before.period >= period) return null
  if (before) return { kind, period, since: before.until }
  // The first one looks back to the slot before it, or to where the project began.
  const previous = lastSlot(schedule, new Date(slot.at.getTime() - 1))
  return { kind, period, since: previous && previous.at > begun ? previous.at : begun }
}
