import { expect, test } from 'vitest'
import { parseEnvelope } from '../../lib/parse/envelope.ts'
import { redact } from '../../lib/parse/redact.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { parseTap } from '../../lib/parse/tap.ts'
import { parseTsc } from '../../lib/parse/tsc.ts'
import { parseStack } from '../../lib/parse/v8Stack.ts'
import { AT, launchEvent } from './launchEvent.ts'

/** Numbers from a seed, so that a failure can be repeated: a 32-bit linear congruential generator. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)
const wild: unknown[] = [
  null,
  true,
  -1,
  1e308,
  Number.POSITIVE_INFINITY,
  '',
  '\u0000',
  '\ud800',
  'x'.repeat(20_000),
  '{"a":',
  '%',
  '/%zz',
  [],
  [[]],
  [null, 7],
  {},
  { values: 7 },
  { values: [null] },
  { frames: 'x' },
  { length: 1e9 },
  deep,
  'C:\\x',
  '../..',
  JSON.parse('{"__proto__":{"x":1},"constructor":null,"toString":7,"then":1}'),
]

/** One value somewhere in the event replaced by a wild one, removed, or put under a second name. */
function mutate(value: unknown, pick: (below: number) => number): unknown {
  if (typeof value !== 'object' || value === null || pick(6) === 0) return wild[pick(wild.length)]
  const entries = Object.entries(value)
  const at = pick(entries.length || 1)
  const changed = entries.flatMap(([key, item], index): [string, unknown][] => {
    if (index !== at) return [[key, item]]
    const kind = pick(8)
    if (kind === 0) return []
    return kind === 1
      ? [
          [key, item],
          [`${key}2`, item],
        ]
      : [[key, mutate(item, pick)]]
  })
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed)
}

const storable = (value: unknown) => {
  const text = JSON.stringify(value)
  return !/\\u0000|\\ud[89a-f]/i.test(text.replaceAll('\\\\', ''))
}

test('four thousand mutated events: an answer each, and what redaction leaves can be stored', () => {
  const pick = random(20_261_120)
  let accepted = 0
  for (let round = 0; round < 4000; round++) {
    let event: unknown = launchEvent
    for (let times = pick(4); times >= 0; times--) event = mutate(event, pick)
    const raw = errorEventOf(event, AT, 'e', new Set(['src/app.ts']))
    const clean = redact(event, 'salt')
    const parsed = errorEventOf(clean, AT, 'e')
    if (raw.ok && parsed.ok) accepted += 1
    else expect([raw, parsed].filter((one) => !one.ok && one.why === '')).toEqual([])
    expect(storable(clean) && storable(parsed), JSON.stringify(parsed).slice(0, 300)).toBe(true)
  }
  expect(accepted).toBeGreaterThan(1000)
  expect(accepted).toBeLessThan(4000)
}, 60_000)

test('four thousand damaged envelopes: an answer each', () => {
  const pick = random(7)
  const body = JSON.stringify(launchEvent)
  const whole = Buffer.from(`{"event_id":"x"}\n{"type":"event","length":${Buffer.byteLength(body)}}\n${body}\n`)
  let refused = 0
  for (let round = 0; round < 4000; round++) {
    const bytes = Buffer.from(whole.subarray(0, pick(10) === 0 ? pick(whole.length) : whole.length))
    for (let times = pick(5); times >= 0; times--) bytes[pick(Math.min(bytes.length, 80))] = pick(256)
    const envelope = parseEnvelope(bytes)
    if (!envelope.ok) refused += 1
  }
  expect(refused).toBeGreaterThan(500)
})

test('noise made of the pieces that parsers look for: an answer each', () => {
  const pick = random(99)
  const pieces = [
    'ok 1 - ',
    'not ',
    '    ',
    '---\n',
    '  ...\n',
    '# SKIP',
    '\n',
    'Error: ',
    '    at ',
    '(',
    ':1:2)',
    ' {',
    '[cause]: ',
    'error TS1: ',
    '(1,2): ',
    '\x1b[',
    '\u0000',
    '\ud800',
    '  ---\n',
    "type: 'suite'\n",
  ]
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: pick(60) }, () => pieces[pick(pieces.length)]).join('')
    expect(storable([parseTap(text), parseTsc(text), parseStack(text)])).toBe(true)
  }
})
