import type { ErrorEvent } from './event.ts'
import type { ClosedAs } from './issue.ts'

/** An event the diagnosis names. */
export interface Witness {
  /** As its sender called it. Untrusted. */
  id: string
  /** Null when its body is gone: events are kept for 14 days. */
  event: Pick<ErrorEvent, 'at' | 'sha' | 'environment' | 'route' | 'request' | 'failure'> | null
}

/** An issue of the same fingerprint that was closed before this one was opened. */
export interface Earlier {
  id: number
  closedAs: ClosedAs
  closedAt: Date
}

/** One call that left this machine, with the rows of the audit that let it through and say how it ended. */
export interface Step {
  kind: string
  target: string
  state: string
  at: Date
  /** `seq` and `hash` of the row; null where the row is not among those that were read. */
  intent: Position | null
  outcome: Position | null
}

export interface Position {
  seq: number
  /** 64 hex digits. */
  hash: string
}

interface Row {
  seq: number
  hash: string
  what: string
  body: Record<string, unknown>
}

interface Call {
  key: string
  kind: string
  target: string
  state: string
  at: Date
  auditSeq: number
}

/** Every call with its rows, in the order they were let through. */
export function stepsOf(calls: Call[], audit: Row[]): Step[] {
  return calls
    .toSorted((a, b) => a.auditSeq - b.auditSeq)
    .map(({ key, kind, target, state, at, auditSeq }) => ({
      kind,
      target,
      state,
      at,
      intent: position(audit.find(({ seq }) => seq === auditSeq)),
      outcome: position(
        audit.find(
          ({ what, body, seq }) =>
            seq > auditSeq && body.key === key && (what === 'effect.confirmed' || what === 'effect.failed'),
        ),
      ),
    }))
}

const position = (row: Row | undefined): Position | null => (row ? { seq: row.seq, hash: row.hash } : null)
