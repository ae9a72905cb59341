import { isObject, parseJson } from './json.ts'

/**
 * The Sentry envelope grammar on bytes: one line of headers, then `item header \n payload [\n]` repeated.
 * Lengths count bytes, so nothing is decoded before it is cut out.
 */

/** Caps: the upstream limit of 1 MiB an event item; headers of real SDKs stay below 2 KB (trace and `sdk` included). */
export const ENVELOPE_CAPS = { items: 100, itemBytes: 1024 * 1024, headerBytes: 16 * 1024 }

export interface EnvelopeItem {
  /** `event`, `session`, `client_report` …; unknown ones are kept for the caller to skip. */
  type: string
  contentType: string | null
  /** A view on the input, not a copy. */
  payload: Buffer
}

export type Envelope =
  | {
      ok: true
      header: { eventId: string | null; dsn: string | null }
      items: EnvelopeItem[]
      /** Items other than events that were larger than the cap and left out. */
      skipped: number
    }
  | { ok: false; why: string }

const NEWLINE = 0x0a

/** Splits an envelope. An envelope without items is fine; a cut or malformed one is refused as a whole. */
export function parseEnvelope(bytes: Buffer): Envelope {
  const head = lineAt(bytes, 0)
  const header = head && headerOf(bytes, head)
  if (!head || !header) return { ok: false, why: 'the first line is not a JSON object within 16 KiB' }
  const items: EnvelopeItem[] = []
  let skipped = 0
  let at = head.next
  while (at < bytes.length) {
    if (bytes[at] === NEWLINE) {
      at += 1
      continue
    }
    const number = items.length + skipped + 1
    if (number > ENVELOPE_CAPS.items) return { ok: false, why: `more than ${ENVELOPE_CAPS.items} items` }
    const item = itemAt(bytes, at)
    if (!item.ok) return { ok: false, why: `item ${number}: ${item.why}` }
    at = item.next
    if (item.payload.length <= ENVELOPE_CAPS.itemBytes) {
      items.push({ type: item.type, contentType: item.contentType, payload: item.payload })
    } else if (item.type === 'event') {
      return { ok: false, why: `item ${number}: event larger than ${ENVELOPE_CAPS.itemBytes} bytes` }
    } else skipped += 1
  }
  return { ok: true, header: { eventId: text(header.event_id), dsn: text(header.dsn) }, items, skipped }
}

type Item = ({ ok: true; next: number } & EnvelopeItem) | { ok: false; why: string }

function itemAt(bytes: Buffer, at: number): Item {
  const line = lineAt(bytes, at)
  const header = line && headerOf(bytes, line)
  if (!line || !header) return { ok: false, why: 'its header is not a JSON object within 16 KiB' }
  const type = text(header.type)
  if (type === null) return { ok: false, why: 'its header names no type' }
  const contentType = text(header.content_type)
  if (header.length === undefined || header.length === null) {
    const rest = bytes.indexOf(NEWLINE, line.next)
    const end = rest < 0 ? bytes.length : rest
    return { ok: true, type, contentType, payload: bytes.subarray(line.next, end), next: end + 1 }
  }
  const length = header.length
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) {
    return { ok: false, why: 'its length is not a whole number of bytes' }
  }
  const end = line.next + length
  if (end > bytes.length) return { ok: false, why: 'cut: fewer bytes than its length says' }
  if (end < bytes.length && bytes[end] !== NEWLINE) return { ok: false, why: 'no new line after its payload' }
  return { ok: true, type, contentType, payload: bytes.subarray(line.next, end), next: end + 1 }
}

function lineAt(bytes: Buffer, at: number): { start: number; end: number; next: number } | null {
  const limit = at + ENVELOPE_CAPS.headerBytes
  const newline = bytes.subarray(at, limit + 1).indexOf(NEWLINE)
  if (newline >= 0) return { start: at, end: at + newline, next: at + newline + 1 }
  return bytes.length <= limit ? { start: at, end: bytes.length, next: bytes.length } : null
}

function headerOf(bytes: Buffer, line: { start: number; end: number }): Record<string, unknown> | null {
  const parsed = parseJson(bytes.toString('utf8', line.start, line.end))
  return parsed.ok && isObject(parsed.value) ? parsed.value : null
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 500 ? value : null
