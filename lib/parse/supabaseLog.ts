import { createHash } from 'node:crypto'
import { isObject, parseJson } from './json.ts'
import { textOf } from './loose.ts'

/** One line of a Supabase project's logs; all text in it is untrusted. */
export interface LogLine {
  /** 32 hex digits: its own id, or made of what it says. */
  id: string
  /** Microseconds since 1970. */
  micros: number
  /** The same as ClickHouse spells it. */
  spelt: string
  /** `postgres_logs`, `edge_logs`, … */
  source: string
  message: string
  attributes: Record<string, string>
}

const MESSAGE_MAX = 8192
const ATTRIBUTES_MAX = 200
const ATTRIBUTE_MAX = 8192

/** A row as the logs' API answers it; null where it names no moment. Never throws. */
export function logLineOf(row: Record<string, unknown>): LogLine | null {
  const micros = microsOf(row.timestamp)
  if (micros === null) return null
  const source = textOf(row.source ?? row.source_name, 60) ?? ''
  const message = textOf(row.event_message, MESSAGE_MAX) ?? ''
  const attributes = attributesOf(row.log_attributes)
  return { id: idOf(row.id, [micros, source, message]), micros, spelt: speltOf(micros), source, message, attributes }
}

function idOf(given: unknown, said: unknown[]): string {
  const plain = (textOf(given, 100) ?? '').replaceAll('-', '').toLowerCase()
  if (/^[0-9a-f]{32}$/.test(plain)) return plain
  const named = textOf(given, 200)
  const of = named === null || named === '' ? said : [named]
  return createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 32)
}

/** Year 2000 to 2100, in microseconds. */
const SENSIBLE = (micros: number) => micros > 946_684_800e6 && micros < 4_102_444_800e6

/** `2026-11-29 10:00:00.123456` in UTC, ISO 8601, or a number: micro-, milli- or seconds since 1970. */
export function microsOf(value: unknown): number | null {
  const number = typeof value === 'number' ? value : /^\d{9,19}$/.test(String(value)) ? Number(value) : null
  if (number !== null)
    return [number, number * 1000, number * 1e6, number / 1000].map(Math.floor).find(SENSIBLE) ?? null
  const text = textOf(value, 40) ?? ''
  const [, day, time, fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? []
  const at = day ? Date.parse(`${day}T${time}${zone}`) : Number.NaN
  if (!Number.isFinite(at)) return null
  // What is finer than a microsecond is rounded up: whoever reads on below it misses nothing.
  const micros = at * 1000 + Math.ceil(Number(`0.${fraction || '0'}`) * 1e6)
  return SENSIBLE(micros) ? micros : null
}

function speltOf(micros: number): string {
  const second = new Date(Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19).replace('T', ' ')
  return `${second}.${String(micros % 1e6).padStart(6, '0')}`
}

/** A map of texts, as an object or as JSON. */
function attributesOf(value: unknown): Record<string, string> {
  const parsed = typeof value === 'string' ? parseJson(value) : null
  const map = parsed?.ok ? parsed.value : value
  const attributes: Record<string, string> = Object.create(null)
  if (!isObject(map)) return attributes
  for (const [name, told] of Object.entries(map).slice(0, ATTRIBUTES_MAX)) {
    const text = typeof told === 'number' ? String(told) : textOf(told, ATTRIBUTE_MAX)
    if (text !== null && text !== '' && name.length <= 200) attributes[name] = text
  }
  return attributes
}
