/** Where events come from besides those that SDKs send here: services that are asked for what they know. */

export type SourceKind = 'sentry' | 'supabase'

/** One event of a source in the shape an SDK sends it: untrusted, and not yet redacted. */
export interface SourceEvent {
  /** 32 hex digits: the id the SDK gave it, or the source's own, so that an event told twice is one. */
  id: string
  /** When the source received it; its own clock, never that of the app. */
  at: Date
  /** What the source calls the issue it belongs to: digits; null where it has none. */
  issue: string | null
  body: Record<string, unknown>
}

/**
 * Why a source could not be read. limited: it said when to come again. unauthorized: it does not know the token, or not any
 * more. forbidden: the token lacks a scope. missing: no such organization or project. unreachable: no answer, or none that
 * makes sense. writable: the token can do more than read, and is not used.
 */
export type SourceState = 'limited' | 'unauthorized' | 'forbidden' | 'missing' | 'unreachable' | 'writable'

export interface SourceTrouble {
  state: SourceState
  /** In words; holds nothing of the answer but the source's own short reason, as text. */
  why: string
  /** When it may be asked again, where the source said so. */
  again: Date | null
}

/** Something a source would have different, without an error. Its words are untrusted, cut and redacted. */
export interface SourceFinding {
  /** 24 hex digits: the same finding each time it is told. */
  key: string
  title: string
  why: string
}

export interface Poll {
  events: SourceEvent[]
  /** Where to go on; the one that was given when nothing could be read. */
  cursor: string | null
  /** Everything the source had received until then has been told; null: not yet. */
  readUntil: Date | null
  /** There is more right now. */
  more: boolean
  trouble: SourceTrouble | null
  /** Everything a source finds right now, where it was asked for that and answered; what is not among it has gone. */
  findings?: SourceFinding[] | null
}

/** How far a source has been read, and how it is. */
export interface SourceReading {
  kind: SourceKind
  cursor: string | null
  readUntil: Date | null
  /** Milliseconds between the source receiving an event and its being stored here: the longest of the newest poll that brought any. */
  lagMs: number | null
  state: 'ok' | SourceState
  why: string | null
  more: boolean
  /** Polls in a row that ended in trouble. */
  fails: number
  polledAt: Date | null
  /** When it is asked again. */
  dueAt: Date
}
