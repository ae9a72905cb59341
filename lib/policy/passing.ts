import type { Severity } from '../domain/issue.ts'
import type { ChannelName, NoticeKind } from '../domain/notice.ts'
import type { NotifySettings } from '../domain/notifySettings.ts'
import { handOverSchedule } from './dueSummary.ts'
import { quietAround } from './quiet.ts'
import { nextSlot, zoneOr } from './slots.ts'
import { onTheWall } from './week.ts'

export interface PassingFacts {
  kind: NoticeKind
  /** The gravest its issue was told with or is now; null: it is about no issue. */
  severity: Severity | null
  /** When it was written down. */
  at: Date
  channel: ChannelName
  /** Channels this server has. */
  open: readonly ChannelName[]
  notify: Pick<NotifySettings, 'routes' | 'quiet' | 'handOver'>
  /** The project's. */
  zone: string
  /** Until when the newest hand-over that was told speaks; null: there is none. */
  handedOver: Date | null
  now: Date
}

export type Passing =
  | { answer: 'go'; why: string }
  | { answer: 'hold'; until: Date; why: string }
  /** This channel never gets it. */
  | { answer: 'skip'; why: string }

/** Somebody has to do something: it is told by itself, and to somebody. */
const ASKS = new Set<NoticeKind>(['approval-wanted', 'escalated'])
/** Nobody is woken for these, except of a P0. */
const GOOD_NEWS = new Set<NoticeKind>(['deployed', 'cured'])
/** A hand-over tells these as well: what was held back of them is told there. */
const TOLD_THERE = new Set<NoticeKind>(['issue-found', 'deployed', 'cured', 'rolled-back', 'paused'])
/** The hand-over is made at its time and delivered within this; what it does not tell by then leaves by itself. */
const GRACE_MS = 30 * 60_000

/** Whether a notice leaves by a channel now, later, or never. The inbox is no channel: it has everything at once. */
export function passingOf(facts: PassingFacts): Passing {
  const { kind, notify, now, at } = facts
  const zone = zoneOr(facts.zone)
  if (!channelsFor(facts).includes(facts.channel)) return { answer: 'skip', why: 'It is told elsewhere.' }
  const urgent = urgency(facts)
  if (urgent) return { answer: 'go', why: urgent }
  if (!notify.quiet) return { answer: 'go', why: 'There are no quiet hours.' }
  // One that came before them and could not leave is held back as well.
  const around = quietAround(notify.quiet, zone, now)
  const { until: ends, next } = around.until ? around : quietAround(notify.quiet, zone, at)
  if (!ends) return { answer: 'go', why: 'It is not quiet.' }
  const slot = TOLD_THERE.has(kind) && takesHandOver(facts) ? nextHandOver(facts) : null
  if (slot && (!next || slot < next)) {
    if (facts.handedOver && facts.handedOver >= at) return { answer: 'skip', why: 'It is in the hand-over.' }
    const until = new Date(Math.max(slot.getTime(), ends.getTime()) + GRACE_MS)
    return held(until, `It is told in the hand-over of ${onTheWall(zone, slot.getTime())}.`, facts)
  }
  return held(ends, `It is quiet until ${onTheWall(zone, ends.getTime())}.`, facts)
}

function held(until: Date, why: string, { now }: PassingFacts): Passing {
  return until > now ? { answer: 'hold', until, why } : { answer: 'go', why: 'It is not quiet any more.' }
}

/** Why it is told at any hour; null: it is not. */
function urgency({ kind, severity, notify }: PassingFacts): string | null {
  // It changes what was said before and calls nobody.
  if (kind === 'answered') return 'It takes a question back.'
  if (severity === 'P0') return 'P0 never waits.'
  if (severity === 'P1' && notify.quiet?.wakes === 'P1' && !GOOD_NEWS.has(kind)) return 'P1 is told at any hour.'
  return null
}

/** A route that leads nowhere here tells nobody, so what somebody has to know takes every channel then. */
function channelsFor({ kind, severity, open, notify }: Omit<PassingFacts, 'channel'>): readonly ChannelName[] {
  if (kind === 'answered') return open
  const route = notify.routes[kind]
  if (!route) return open
  const there = open.filter((name) => route.includes(name))
  return there.length === 0 && (ASKS.has(kind) || severity === 'P0') ? open : there
}

const takesHandOver = (facts: PassingFacts): boolean =>
  channelsFor({ ...facts, kind: 'hand-over', severity: null }).includes(facts.channel)

function nextHandOver({ notify, zone, at }: PassingFacts): Date | null {
  const schedule = handOverSchedule(notify.handOver, zone)
  return (schedule && nextSlot(schedule, at)?.at) ?? null
}
