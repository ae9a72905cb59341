import { expect, test } from 'vitest'
import { isObject } from '../../lib/parse/json.ts'
import { redact } from '../../lib/parse/redact.ts'
import { redactSource, redactText, TEXT_MAX } from '../../lib/parse/redactText.ts'

test('depth is cut at forty, however deep the input', () => {
  const deep = redact(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'salt')
  expect(JSON.stringify(deep)).toBe(`${'['.repeat(40)}"[deep]"${']'.repeat(40)}`)
})

test('values are cut at twenty thousand', () => {
  const list = redact(
    Array.from({ length: 30_000 }, () => 1),
    'salt',
  )
  expect(Array.isArray(list) && [list.length, list.at(-1)]).toEqual([20_000, '[more]'])
  const many = redact(Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`k${at}`, at])), 'salt')
  expect(isObject(many) && [Object.keys(many).length, many['[more]']]).toEqual([20_000, null])
  const nested = redact({ a: JSON.stringify(Array.from({ length: 30_000 }, () => 1)), b: [1, 2] }, 'salt')
  expect(isObject(nested) && nested.b).toBeUndefined()
})

test('names from outside are inert', () => {
  const out = redact(
    JSON.parse('{"__proto__":{"paused":false},"constructor":{"prototype":{"x":1}},"a":{"__proto__":1}}'),
    's',
  )
  expect(Object.getPrototypeOf(out)).toBeNull()
  expect(isObject(out) && Object.keys(out)).toEqual(['[__proto__]', 'constructor', 'a'])
  expect(Object.assign({}, out)).not.toHaveProperty('paused')
  expect(isObject(out) && Object.keys(Object(out.a))).toEqual(['[__proto__]'])
})

test('names are text too', () => {
  const out = redact({ 'ann@example.com': 1, ['k'.repeat(5000)]: 2, 'a\u0000b': 3, 'c\ud800': 4 }, 's')
  const names = Object.keys(Object(out))
  expect(names[0]).toBe('[email]')
  expect(names[1]).toHaveLength(200)
  expect(names.slice(2)).toEqual(['a␀b', 'c\ufffd'])
})

test('what jsonb refuses is never in the answer', () => {
  const text = JSON.stringify(redact({ a: 'x\u0000\ud800y', b: '{"c":"\\u0000\\udfff"}', d: `\u202e\x1b[2J` }, 's'))
  expect(text).toBe('{"a":"x␀\ufffdy","b":"{\\"c\\":\\"␀\ufffd\\"}","d":"⟨U+202E⟩"}')
})

test('a string is at most 16 KB, a body in a string as well', () => {
  const out = redact(
    { a: 'x'.repeat(1_000_000), b: JSON.stringify({ c: ['y '.repeat(8000), 'y '.repeat(8000)] }) },
    's',
  )
  expect(isObject(out) && Object.values(out).every((value) => String(value).length <= TEXT_MAX)).toBe(true)
})

test('anything JSON can say is answered, and values of other kinds too', () => {
  for (const value of [null, undefined, 1, 'x', true, [], {}, [undefined], Symbol('x'), 10n, () => 1]) {
    expect(() => JSON.stringify(redact(value, 's'))).not.toThrow()
  }
})

/** One megabyte each; every one of them makes some careless pattern quadratic or worse. */
const hostile = [
  '\x1b[1',
  '\x1b]',
  '\x1b',
  '((((',
  '"\\"',
  "'a",
  '@',
  'a@',
  'a%40',
  'a.@b',
  ':',
  '=',
  'a=',
  'token=',
  'token="',
  'key ',
  '://',
  'a://b',
  'x://@',
  'eyJ',
  'eyJ-',
  'eyJaaaaaaa.',
  'sk-',
  'xoxb-',
  'AKIA',
  '-----BEGIN ',
  '-----END ',
  'bearer ',
  'bearer+',
  'basic a',
  '4242',
  '4242 ',
  '1.2.3.',
  ':a',
  '::',
  'a',
  '    at ',
  '{',
  '[',
  '{"a":',
  '%3D',
  '&a=',
  '\ud800',
  '\u202e',
  'secret: ',
  'password',
  'passwordpassword=',
  '\\',
  'authorization: ',
  '/?token=',
  'at a (',
]

test.each(hostile)('a megabyte of %j is worked through', (piece) => {
  const text = piece.repeat(Math.ceil(1_000_000 / piece.length))
  for (const out of [redactText(text), redactSource(text), redact({ a: text }, 's')]) {
    expect(JSON.stringify(out).length).toBeLessThan(8 * TEXT_MAX)
  }
})

test.each(hostile)('the cost of %j grows with its length and not faster', (piece) => {
  const text = piece.repeat(Math.ceil(60_000 / piece.length)).slice(0, 60_000)
  const cost = (length: number) => {
    const start = process.cpuUsage().user
    for (let at = 0; at < 60_000; at += length) redactText(text.slice(at, at + length))
    return process.cpuUsage().user - start
  }
  cost(4000)
  const short = Math.min(cost(4000), cost(4000), cost(4000))
  const long = Math.min(cost(60_000), cost(60_000), cost(60_000))
  expect(long).toBeLessThan(5 * short + 20_000)
})
