import { createHash, timingSafeEqual } from 'node:crypto'
import { decodeBody } from '../parse/body.ts'
import { parseEnvelope } from '../parse/envelope.ts'
import { ingestKeys } from '../parse/ingestAuth.ts'
import { isObject, parseJson } from '../parse/json.ts'
import { receivedSince } from '../store/events.ts'
import { ingestTarget } from '../store/projects.ts'
import type { Reader } from '../world.ts'
import { type Arrived, isForeign, keepEvents, redactedFor } from './keepEvents.ts'
import { wakeWatcher } from './wake.ts'

export interface Delivery {
  ingestNo: number
  query: string | null
  headers: (string | null)[]
  encoding: string | null
  /** The body as sent, or null when it was larger than `WIRE_BYTES`. */
  body: Buffer | null
}

export type Received =
  | { status: 200; id: string | null }
  | { status: 400 | 403 | 404 | 413 | 415; detail: string }
  | { status: 429; detail: string; retryAfter: number }

/** As sent, and after decompression: upstream's limit for one event, and room for an envelope around a few. */
export const WIRE_BYTES = 1024 * 1024
const INFLATED_BYTES = 5 * 1024 * 1024
const MINUTE = 60

/**
 * One delivery: cap → decompress under the cap → redact → insert → 200. Unredacted bytes are never stored; what is
 * accepted is in the database when the answer goes out, and what is not is refused with a reason.
 */
export async function receive(world: Reader, perMinute: number, d: Delivery): Promise<Received> {
  const target = await ingestTarget(world.sql, d.ingestNo)
  if (!target) return { status: 404, detail: 'no such project' }
  const early = ingestKeys({ query: d.query, headers: d.headers, dsn: null })
  if (early.some((key) => !same(key, target.key))) return { status: 403, detail: 'wrong key' }
  if (!d.body) return { status: 413, detail: `more than ${WIRE_BYTES} bytes` }
  // Over quota is said before anything is accepted, never after.
  if ((await receivedSince(world.sql, target.project, MINUTE)) >= perMinute)
    return { status: 429, detail: `more than ${perMinute} events a minute`, retryAfter: MINUTE }
  const body = await decodeBody(d.body, d.encoding, INFLATED_BYTES)
  if (!body.ok) {
    const status = { 'too-large': 413, unsupported: 415, malformed: 400 } as const
    return { status: status[body.reason], detail: body.why }
  }
  const envelope = parseEnvelope(body.bytes)
  if (!envelope.ok) return { status: 400, detail: envelope.why }
  const keys = ingestKeys({ query: d.query, headers: d.headers, dsn: envelope.header.dsn })
  if (keys.length !== 1 || !same(keys[0]!, target.key))
    return { status: 403, detail: keys.length ? 'wrong key' : 'no key' }
  const items = envelope.items.filter((item) => item.type === 'event')
  const events: Arrived[] = []
  for (const item of items) {
    const parsed = parseJson(item.payload.toString('utf8'))
    if (!parsed.ok || !isObject(parsed.value)) return { status: 400, detail: 'an event is not a JSON object' }
    const own = typeof parsed.value.event_id === 'string' ? parsed.value.event_id : null
    const id = idOf(items.length === 1 ? (envelope.header.eventId ?? own) : own, item.payload)
    if (isForeign(world, parsed.value)) events.push({ id, at: null, issue: null, body: parsed.value })
  }
  const redacted = redactedFor(target, events)
  await world.sql.begin((tx) => keepEvents(tx, target, redacted))
  if (events.length > 0) await wakeWatcher(world, target.project)
  return { status: 200, id: events[0]?.id ?? null }
}

/** 32 hex digits; an event without a proper id is named by its content, so that a repeated delivery stays one. */
function idOf(given: string | null, payload: Buffer): string {
  const plain = given?.replaceAll('-', '').toLowerCase() ?? ''
  return /^[0-9a-f]{32}$/.test(plain) ? plain : createHash('sha256').update(payload).digest('hex').slice(0, 32)
}

function same(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  return timingSafeEqual(left, createHash('sha256').update(b).digest())
}
