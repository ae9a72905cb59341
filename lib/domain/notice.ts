import type { Severity } from './issue.ts'
import type { Oid } from './tree.ts'

/** A heading and what stands under it, in words of ours. */
export interface NoticePart {
  title: string
  lines: { text: string; issue: number | null }[]
}

/** What a person is told, with what a channel needs to lay it out or to offer an answer. Numbers, ids and names of ours. */
export type NoticeAbout =
  | {
      kind: 'issue-found'
      issue: number
      severity: Severity
      /** Null: unknown. */
      users: number | null
    }
  | {
      /** An approval is asked for; a yes is bound to exactly this. */
      kind: 'approval-wanted'
      issue: number
      severity: Severity
      fix: string
      tree: Oid
      target: 'staging' | 'production'
      policyVersion: number
    }
  | {
      /** What was asked under the key `of` is not asked any more. */
      kind: 'answered'
      issue: number
      of: string
    }
  | { kind: 'deployed' | 'cured' | 'rolled-back'; issue: number; release: number }
  | { kind: 'escalated'; issue: number; severity: Severity }
  | { kind: 'paused' }
  | {
      kind: 'hand-over' | 'weekly-review'
      /** The day it is of, or the Monday of its week: YYYY-MM-DD. */
      period: string
      /** What is in `body`, part by part, for whoever can lay it out. */
      parts: NoticePart[]
    }

export type Notice = NoticeAbout & {
  /** Once a key. */
  key: string
  title: string
  /** May quote reasons, so it is text everywhere: never markup. */
  body: string
  /** Path of a page of ours. */
  link: string
}

export type NoticeKind = Notice['kind']

/** Kinds that can be sent to one channel and not to another. An answer goes where the question went. */
export const ROUTED = [
  'issue-found',
  'approval-wanted',
  'escalated',
  'deployed',
  'cured',
  'rolled-back',
  'paused',
  'hand-over',
  'weekly-review',
] as const satisfies Exclude<NoticeKind, 'answered'>[]
export type Asked = Extract<Notice, { kind: 'approval-wanted' }>

/** What this is about, without the words: kept beside them, in one column. */
export function aboutOf({ key, title, body, link, ...about }: Notice): NoticeAbout {
  return about
}

/** The issue it belongs to, which is the thread it is told in; null for a project's own. */
export const issueOf = (notice: NoticeAbout): number | null => ('issue' in notice ? notice.issue : null)

/** Where notices go besides the inbox, which gets all of them. */
export const CHANNELS = ['slack', 'email'] as const
export type ChannelName = (typeof CHANNELS)[number]
