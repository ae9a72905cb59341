import { randomUUID } from 'node:crypto'
import { type Answered, ask, type Row } from './clickhouse.ts'

export interface Lint {
  name: string
  title: string
  level: 'ERROR' | 'WARN' | 'INFO'
  facing: string
  categories: string[]
  description: string
  detail: string
  remediation: string
  metadata: Record<string, unknown>
  cache_key: string
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** One project of Supabase's: its logs, and what its advisors would have different. */
export class EmulatedProject {
  readonly ref: string
  readonly rows: Row[] = []
  readonly lints: { security: Lint[]; performance: Lint[] } = { security: [], performance: [] }
  /** What the column with a line's source is called. */
  column = 'source'
  /** Lines of one answer at most. */
  cap = 1000
  /** Milliseconds until a line is shown. */
  lag = 0
  /** Lines of this stretch are not shown for now: a part of the service is behind. */
  hidden: { from: number; to: number } | null = null
  /** Lines come in another order than was asked for. */
  isReversed = false
  /** Milliseconds its clock is ahead of this machine's. */
  ahead = 0
  now = () => Date.now() + this.ahead

  constructor(ref: string) {
    this.ref = ref
  }

  log(source: string, event_message: string, log_attributes: Record<string, string> = {}, ago = 0): Row {
    const micros = Math.floor((this.now() - ago) * 1000) + (this.rows.length % 1000)
    const row = { id: randomUUID(), micros, event_message, severity_text: 'ERROR', source, log_attributes }
    this.rows.push(row)
    return row
  }

  /** A statement that failed. */
  fails(message: string, code = '42P01', more: Record<string, string> = {}, ago = 0): Row {
    const attributes = { 'parsed.error_severity': 'ERROR', 'parsed.sql_state_code': code, ...more }
    return this.log('postgres_logs', message, attributes, ago)
  }

  /** A request that the gateway answered. */
  answers(method: string, path: string, status: number, ago = 0, source = 'edge_logs'): Row {
    const attributes = { 'request.method': method, 'request.path': path, 'response.status_code': String(status) }
    return this.log(source, `${method} | ${status} | https://x.supabase.co${path}`, attributes, ago)
  }

  advises(kind: 'security' | 'performance', name: string, table: string): Lint {
    const lint: Lint = {
      ...{
        name,
        title: name.replaceAll('_', ' '),
        level: 'ERROR',
        facing: 'EXTERNAL',
        categories: [kind.toUpperCase()],
      },
      ...{ description: 'A finding.', detail: `Table \`public.${table}\` is a case of ${name}` },
      ...{ remediation: 'https://supabase.com/docs', metadata: { schema: 'public', name: table, type: 'table' } },
      cache_key: `${name}_public_${table}`,
    }
    this.lints[kind].push(lint)
    return lint
  }

  /** Both ends of the time asked for are rounded to the minute; one alone means a minute, none the last one. */
  query(sql: string, startText: string | null, endText: string | null, upTo: number): Answered | { refused: string } {
    const now = this.now()
    const bound = (text: string | null) => (text === null ? null : Math.round(Date.parse(text) / MINUTE) * MINUTE)
    const [given, until] = [bound(startText), bound(endText)]
    const end = until ?? (given === null ? now : given + MINUTE)
    const start = given ?? end - MINUTE
    if (!Number.isFinite(start) || !Number.isFinite(end))
      return { refused: 'iso_timestamp_start must be a valid ISO 8601 date' }
    if (end - start > DAY) return { refused: 'The timestamp range must be no more than 24 hours' }
    const shown = this.rows.filter(({ micros }) => {
      // Whole milliseconds, as the clocks here have them: a line logged just now is there to be asked for.
      const at = Math.floor(micros / 1000)
      const isHidden = this.hidden !== null && at >= this.hidden.from && at < this.hidden.to
      return at >= start && at <= end && at <= Math.min(now - this.lag, upTo) && !isHidden
    })
    return ask(sql, shown, this.column, this.cap)
  }
}
