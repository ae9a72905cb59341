import type { ISql, JSONValue } from 'postgres'
import { isOwn } from '../domain/own.ts'
import type { SourceKind } from '../domain/source.ts'
import { redact } from '../parse/redact.ts'
import { insertEvent } from '../store/events.ts'
import type { IngestTarget } from '../store/projects.ts'
import { nameIssue } from '../store/sourceIssues.ts'
import type { Reader } from '../world.ts'

/** An event in the shape an SDK sends it, not yet redacted. */
export interface Arrived {
  id: string
  /** When whoever passes it on received it; null: now. */
  at: Date | null
  /** What the source that told it calls its issue: digits; null of what an SDK sent. */
  issue: string | null
  body: Record<string, unknown>
}

/** Whether an event is of something we look after, and no error of this installation's own. */
export const isForeign = ({ ownMark }: Pick<Reader, 'ownMark'>, body: Record<string, unknown>): boolean =>
  ownMark === undefined || !isOwn(body, ownMark)

/** As it may be stored; only `redactedFor` makes one. */
export type Redacted = Omit<Arrived, 'body'> & { body: JSONValue }

/** The one pass that everything goes through before it is stored, however it came here. Outside of a transaction: it takes time. */
export function redactedFor({ salt }: Pick<IngestTarget, 'salt'>, events: Arrived[]): Redacted[] {
  const key = salt.toString('hex')
  return events.map(({ body, ...event }) => ({ ...event, body: redact(body, key) as JSONValue }))
}

/**
 * Those that were not here yet. An SDK's own delivery and what Sentry tells of the same event are one, so both are kept
 * under Sentry's name; what another source tells has ids of its own.
 */
export async function keepEvents(
  sql: ISql,
  { project }: Pick<IngestTarget, 'project'>,
  events: Redacted[],
  source: SourceKind = 'sentry',
) {
  const kept: Redacted[] = []
  for (const event of events) {
    if (await insertEvent(sql, project, source, event.id, event.body, event.at)) kept.push(event)
    if (event.issue) await nameIssue(sql, project, source, event.id, event.issue)
  }
  return kept
}
