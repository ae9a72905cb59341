import type { Severity } from './issue.ts'
import type { Cost, Todo } from './report.ts'

export type SummaryKind = 'hand-over' | 'weekly-review'

/** In the order they are read: what is asked, what is late, what is good, what went wrong. */
export const HAND_OVER_PARTS = ['waiting', 'overdue', 'cured', 'released', 'rolledBack', 'failed'] as const
export type HandOverPart = (typeof HAND_OVER_PARTS)[number]

/** One issue, by what is known of it in numbers: a word of an error is never told outside. */
export interface HandOverItem {
  issue: number
  severity: Severity
  /** What a person is asked for; null: nothing. */
  todo: Todo['what'] | null
  /** How late it is, in milliseconds; 0: it is not. */
  lateMs: number
}

/** What happened while people slept. */
export interface HandOver {
  parts: Record<HandOverPart, HandOverItem[]>
  /** Held back for a person; they are among those that wait. */
  held: number
  /** Under way. */
  moving: number
  leftAlone: number
  /** P4, which the weekly review tells. */
  findings: number
  /** Open ones beyond those that were read. */
  more: number
  paused: boolean
  /** Something moved since. */
  news: boolean
  cost: Cost
}

export const FINDINGS = ['slow', 'other'] as const
export type FindingGroup = (typeof FINDINGS)[number]

export interface Finding {
  issue: number
  /** A method and a path made of plain characters; null where it is anything else. */
  route: string | null
  /** How often it was counted. */
  seen: number
  /** First seen since the last review. */
  isNew: boolean
}

/** P4 findings that are open, by what can be done about them. */
export interface WeeklyReview {
  groups: Record<FindingGroup, Finding[]>
  /** Over since the last review. */
  gone: number
  /** Open ones beyond those that were read. */
  more: number
}

/** One of either, made once a period and never changed; what it is told in is made of this. */
export type Summary = {
  /** The day it is of, or the Monday of its week: YYYY-MM-DD in the project's zone. */
  period: string
  /** It speaks of what came after `since` and by `until`: the next one begins where this one ends. */
  since: Date
  until: Date
  zone: string
  /** Nothing happened, and nobody is waited for. */
  quiet: boolean
  /** False: it was quiet, and nobody wants to be told of that. */
  told: boolean
} & ({ kind: 'hand-over'; content: HandOver } | { kind: 'weekly-review'; content: WeeklyReview })
