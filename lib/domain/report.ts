import type { Severity } from './issue.ts'

/** In the order they are read: what is good, what is asked, what goes on, what went wrong, what was left. */
export const REPORT_SECTIONS = ['cured', 'waiting', 'moving', 'rolledBack', 'failed', 'leftAlone'] as const
export type ReportSection = (typeof REPORT_SECTIONS)[number]

/** What a person is asked for, and the commands that do it; the first one is the answer that is asked for. */
export interface Todo {
  what: 'approve' | 'look' | 'rollback'
  sentence: string
  commands: string[]
}

/** One issue in the morning note. */
export interface ReportItem {
  issue: number
  severity: Severity
  /** Untrusted. */
  title: string
  /** The stage's name; what people see of an issue everywhere else. */
  stage: string
  /** What happened and what happens next. Quotes reasons: untrusted. */
  sentence: string
  /** ISO 8601: when it came to this. */
  at: string
  /** Nothing about it moved since the note's beginning; it is only still open. */
  before: boolean
  todo: Todo | null
  /** Attempts that came back, each with its reason, oldest first. Untrusted. */
  attempts: { attempt: number; how: 'refused' | 'taken back' | 'relapsed'; why: string }[]
}

/** What the time since cost. */
export interface Cost {
  money: { usd: number; calls: number }
  /** Wall seconds in sandboxes of the attempts that were measured, begun since. */
  proofs: { n: number; seconds: number }
  /** Requests of our own, in soaks and watches that began since. */
  probes: number
  /** Today, in the project's zone: what the cap counts. */
  promotions: { today: number; cap: number }
}

export interface Report {
  project: string
  name: string
  /** ISO 8601; what happened after `since` and by `until`. */
  since: string
  until: string
  /** The zone of the project's hours. */
  zone: string
  /** The whole night in one line. */
  headline: string
  sections: Record<ReportSection, ReportItem[]>
  cost: Cost
  /** Open issues beyond those that were read. */
  more: number
}
