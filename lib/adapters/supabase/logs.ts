import { isObject } from '../../parse/json.ts'
import { recordOf } from '../../parse/loose.ts'
import { type LogLine, logLineOf } from '../../parse/supabaseLog.ts'
import { type Answer, type SupabaseApi, wordsIn } from './api.ts'
import type { Place, Stretch } from './place.ts'
import { SupabaseTrouble, unreachable } from './trouble.ts'

/** Lines of one answer: the service cuts at about a thousand without saying so. */
export const PAGE = 100

export interface LogPage {
  lines: LogLine[]
  /** The moment of the last line, as it was spelt; null where the stretch has been read to its beginning. */
  below: string | null
  column: Place['column']
  answer: Answer
}

/** What went wrong, of every kind there is: errors of the database, requests answered with 5xx, errors of sign-in and functions. */
function query(column: Place['column'], { below, strict }: Stretch): string {
  const status = "toInt32OrNull(log_attributes['response.status_code'])"
  const wanted = [
    `(${column} = 'postgres_logs' and log_attributes['parsed.error_severity'] in ('ERROR', 'FATAL', 'PANIC'))`,
    `(${column} in ('edge_logs', 'function_edge_logs') and ${status} >= 500)`,
    `(${column} = 'auth_logs' and (log_attributes['level'] in ('error', 'fatal', 'panic') or toInt32OrNull(log_attributes['status']) >= 500))`,
    `(${column} = 'function_logs' and log_attributes['level'] in ('error', 'fatal'))`,
  ].join(' or ')
  // The ends of a stretch are whole minutes, so that within them only a line's own moment tells pages apart.
  const older = below === null ? '' : ` and timestamp ${strict ? '<' : '<='} '${below}'`
  return `select id, timestamp, event_message, severity_text, ${column}, log_attributes from logs where (${wanted})${older} order by timestamp desc limit ${PAGE}`
}

/** One page of a stretch, newest first. */
export async function linesOf(api: SupabaseApi, place: Place, window: Stretch): Promise<LogPage> {
  const ask = (column: Place['column']) => asked(api, column, window)
  let column = place.column
  let found: Awaited<ReturnType<typeof ask>>
  try {
    found = await ask(column)
  } catch (error) {
    if (!namesNoColumn(error, column)) throw error
    column = column === 'source' ? 'source_name' : 'source'
    found = await ask(column)
  }
  const { rows, answer } = found
  const lines = rows.flatMap((row) => logLineOf(row) ?? [])
  // The oldest of them, in whatever order they came.
  const oldest = lines.reduce<string | null>(
    (least, { spelt }) => (least === null || spelt < least ? spelt : least),
    null,
  )
  return { lines, below: rows.length < PAGE ? null : oldest, column, answer }
}

async function asked(api: SupabaseApi, column: Place['column'], window: Stretch) {
  const answer = await api.get('/analytics/endpoints/logs', {
    sql: query(column, window),
    iso_timestamp_start: new Date(window.start).toISOString(),
    iso_timestamp_end: new Date(window.end).toISOString(),
  })
  const { result, error } = recordOf(answer.json)
  // Told with a 200: the service carried the question on, and what it asked could not answer it.
  if (error !== undefined && error !== null) throw unreachable('Supabase could not read its logs', wordsIn(answer.json))
  if (!Array.isArray(result) || !result.every(isObject))
    throw unreachable('Supabase’s logs are not what they should be')
  return { rows: result, answer }
}

/** It does not know the column under this name; both are documented. */
const namesNoColumn = (error: unknown, column: string): boolean =>
  error instanceof SupabaseTrouble &&
  error.said !== null &&
  /unknown|missing|no such|not found|unrecognized|does not exist/i.test(error.said) &&
  new RegExp(`\\b${column}\\b`).test(error.said)
