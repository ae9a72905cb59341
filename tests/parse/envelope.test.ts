import { expect, test } from 'vitest'
import { ENVELOPE_CAPS, parseEnvelope } from '../../lib/parse/envelope.ts'

const lines = (...parts: (string | object)[]) =>
  Buffer.from(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('\n'))

const head = { event_id: '9ec79c33ec9942ab8353589fcb2e04dc', dsn: 'http://key@127.0.0.1/1' }
const why = (bytes: Buffer) => {
  const envelope = parseEnvelope(bytes)
  return envelope.ok ? 'accepted' : envelope.why
}
const payloads = (bytes: Buffer) => {
  const envelope = parseEnvelope(bytes)
  if (!envelope.ok) throw new Error(envelope.why)
  return envelope.items.map((item) => `${item.type}|${item.contentType}|${item.payload.toString()}`)
}

test('reads the header, items with and without a length, and unknown types', () => {
  const bytes = lines(
    head,
    { type: 'event', content_type: 'application/json', length: 7 },
    '{"a":1}',
    { type: 'moon_phase' },
    'waxing',
  )
  expect(payloads(bytes)).toEqual(['event|application/json|{"a":1}', 'moon_phase|null|waxing'])
  const envelope = parseEnvelope(bytes)
  expect(envelope.ok && envelope.header).toEqual({ eventId: head.event_id, dsn: head.dsn })
})

test('a length counts bytes, and a payload may hold new lines', () => {
  const body = '{"m":"ü\n😀"}'
  const item = { type: 'event', length: Buffer.byteLength(body) }
  expect(payloads(lines(head, item, body, { type: 'session' }, '{}'))).toEqual([
    `event|null|${body}`,
    'session|null|{}',
  ])
  expect(why(lines(head, { type: 'event', length: body.length }, body))).toBe('item 1: no new line after its payload')
})

test.each([
  ['no items', lines({})],
  ['a trailing new line', lines({}, '')],
  ['blank lines between items', lines({}, '', '', { type: 'event' }, '{}', '', '')],
  ['an empty payload', lines({}, { type: 'event', length: 0 }, '')],
  ['a null length', lines({}, { type: 'event', length: null }, '{}')],
  ['a header that ends the input', lines({}, { type: 'event' })],
  [
    'invalid UTF-8 in a payload',
    Buffer.concat([lines({}, { type: 'event', length: 2 }, ''), Buffer.from([0xc0, 0x80])]),
  ],
])('accepts %s', (_name, bytes) => {
  expect(why(bytes)).toBe('accepted')
})

test.each([
  ['nothing', lines(''), 'the first line is not a JSON object within 16 KiB'],
  ['an array as header', lines('[]'), 'the first line is not a JSON object within 16 KiB'],
  ['a text header', lines('hello'), 'the first line is not a JSON object within 16 KiB'],
  ['a header of 17 KiB', lines({ x: 'y'.repeat(17 * 1024) }), 'the first line is not a JSON object within 16 KiB'],
  [
    'a header of 17 KiB before an item',
    lines({ x: 'y'.repeat(17 * 1024) }, ''),
    'the first line is not a JSON object within 16 KiB',
  ],
  ['a broken item header', lines({}, '{"type":'), 'item 1: its header is not a JSON object within 16 KiB'],
  ['an item without a type', lines({}, { length: 1 }, 'x'), 'item 1: its header names no type'],
  ['a type of 501 characters', lines({}, { type: 'x'.repeat(501) }), 'item 1: its header names no type'],
  [
    'a negative length',
    lines({}, { type: 'event', length: -1 }, 'x'),
    'item 1: its length is not a whole number of bytes',
  ],
  [
    'a text length',
    lines({}, { type: 'event', length: '1' }, 'x'),
    'item 1: its length is not a whole number of bytes',
  ],
  ['a fraction', lines({}, { type: 'event', length: 0.5 }, 'x'), 'item 1: its length is not a whole number of bytes'],
  ['a cut payload', lines({}, { type: 'event', length: 9 }, '{}'), 'item 1: cut: fewer bytes than its length says'],
])('refuses %s', (_name, bytes, expected) => {
  expect(why(bytes)).toBe(expected)
})

test('caps the number of items', () => {
  const item = [{ type: 'session' }, '{}']
  const many = (count: number) => lines({}, ...Array.from({ length: count }, () => item).flat())
  expect(payloads(many(ENVELOPE_CAPS.items))).toHaveLength(ENVELOPE_CAPS.items)
  expect(why(many(ENVELOPE_CAPS.items + 1))).toBe('more than 100 items')
})

test('refuses an event over 1 MiB but only leaves out another item of that size', () => {
  const big = 'x'.repeat(ENVELOPE_CAPS.itemBytes + 1)
  expect(why(lines({}, { type: 'event', length: big.length }, big))).toBe('item 1: event larger than 1048576 bytes')
  expect(why(lines({}, { type: 'event' }, big))).toBe('item 1: event larger than 1048576 bytes')
  const envelope = parseEnvelope(lines({}, { type: 'attachment', length: big.length }, big, { type: 'event' }, '{}'))
  expect(envelope.ok && [envelope.skipped, envelope.items.map((item) => item.type)]).toEqual([1, ['event']])
})
