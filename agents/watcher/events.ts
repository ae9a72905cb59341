import type { Sql } from 'postgres'
import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { Project } from '../../lib/domain/project.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { traceOf } from '../../lib/parse/trace.ts'
import { countEvent } from '../../lib/store/counts.ts'
import {
  dropBody,
  fingerprintOfTrace,
  keptAround,
  markParsed,
  quarantine,
  type StoredEvent,
  takeUnparsed,
} from '../../lib/store/events.ts'
import { linkIssue } from '../../lib/store/sourceIssues.ts'
import type { Reader } from '../../lib/world.ts'
import { trackedFiles } from '../tracked.ts'

const BATCH = 50
/** Batches a step: the lease is handed back now and then, however much arrives. */
const BATCHES = 10
/** Per fingerprint and hour this many bodies are kept whole; the rest only count. */
const WHOLE_PER_HOUR = 100
/** An event that was taken this often without being parsed has killed its reader. */
const TRIES = 3

export async function readEvents(world: Reader, project: Project): Promise<{ fingerprints: string[]; more: boolean }> {
  const fingerprints = new Set<string>()
  for (let batch = 0; batch < BATCHES; batch++) {
    const stored = await takeUnparsed(world.sql, project.id, BATCH)
    for (const row of stored) {
      const event = await parse(world, project, row)
      if (typeof event === 'string') await quarantine(world.sql, row.id, event)
      else if (await count(world.sql, project, row, event)) {
        if (event.environment === 'production') fingerprints.add(event.fingerprint)
      }
    }
    if (stored.length < BATCH) return { fingerprints: [...fingerprints], more: false }
  }
  return { fingerprints: [...fingerprints], more: true }
}

/** The event, or why it never will be one. */
async function parse(world: Reader, project: Project, row: StoredEvent): Promise<ErrorEvent | string> {
  if (row.tries > TRIES) return 'it stopped its reader three times'
  const at = row.receivedAt.toISOString()
  const first = errorEventOf(row.body, at, row.externalId)
  if (!first.ok) return first.why
  const tracked = await trackedFiles(world.code(project), first.event.sha)
  const resolved = tracked ? errorEventOf(row.body, at, row.externalId, tracked) : first
  return resolved.ok ? resolved.event : resolved.why
}

/**
 * One transaction: an event is either unparsed, or counted exactly once. What another source tells of a request whose failure
 * an SDK has told is kept with that and counts no second time: one fault is one issue, and its failures are no more than its
 * requests.
 */
async function count(sql: Sql, project: Project, row: StoredEvent, event: ErrorEvent): Promise<boolean> {
  const trace = traceOf(row.body)
  return sql.begin(async (tx) => {
    const belongs =
      row.source !== 'sentry' && trace ? await fingerprintOfTrace(tx, project.id, trace, row.receivedAt) : null
    if (!(await markParsed(tx, row.id, event, trace, belongs)) || belongs) return false
    await countEvent(tx, project.id, event)
    if (row.sourceIssue) await linkIssue(tx, project.id, 'sentry', event.fingerprint, row.sourceIssue)
    if ((await keptAround(tx, project.id, event.fingerprint, row.receivedAt)) > WHOLE_PER_HOUR)
      await dropBody(tx, row.id)
    return true
  }) as Promise<boolean>
}
