import { expect, test } from 'vitest'
import type { CapturedRequest } from '../../lib/domain/event.ts'
import { heldValues } from '../../lib/policy/heldValues.ts'

const request = (over: Partial<CapturedRequest> = {}): CapturedRequest => ({
  ...{ method: 'POST', path: '/', headers: {}, body: null, capture: 'complete', ...over },
})
const body = (value: unknown) => request({ body: JSON.stringify(value) })

test.each<[why: string, request: CapturedRequest | null, text: string, held: string[]]>([
  ['nothing was captured', null, "'ada@example.test'", []],
  ['a value of the body', body({ user: { mail: 'ada@example.test' } }), "'ada@example.test'", ['body.user.mail']],
  ['one of a list', body([{ name: 'Ada Lovelace' }]), '"Ada Lovelace"', ['body.0.name']],
  ['a number', body({ account: 12345678 }), 'f(12345678)', ['body.account']],
  [
    'each place once, all of them',
    body({ a: 'Ada Lovelace', b: 'Ada Lovelace' }),
    'Ada Lovelace',
    ['body.a', 'body.b'],
  ],
  ['a field of a form', request({ body: 'mail=ada%40example.test&x=1' }), 'ada@example.test', ['body.mail']],
  ['a body that is a text', request({ body: ' call 0170 1234 ' }), "'call 0170 1234'", ['body']],
  ['a value of the query', request({ path: '/a?mail=ada%40example.test' }), 'ada@example.test', ['query.mail']],
  ['a part of the path', request({ path: '/users/ada:17' }), 'ada:17', ['path.2']],
  ['a value that is made up', body({ mail: 'ada@example.test' }), "'bob@example.test'", []],
  ['six characters', body({ a: 'ada:17' }), 'ada:17', ['body.a']],
  ['five', body({ a: 'ada:1' }), 'ada:1', []],
  ['a word of the program', body({ kind: 'reminder' }), "'reminder'", []],
  ['a usual number', body({ size: 1000000 }), '1000000', []],
  ['a boolean and nothing', body({ a: true, b: null }), 'true null', []],
  ['a name of the body', body({ 'ada@example.test': 1 }), 'ada@example.test', []],
])('%s', (_, captured, text, held) => {
  expect(heldValues(text, captured)).toEqual(held)
})

test('a body that is deep or wide ends', () => {
  const deep = `${'{"a":'.repeat(25)}"ada@example.test"${'}'.repeat(25)}`
  expect(heldValues('ada@example.test', request({ body: deep }))).toEqual([])
  const wide = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}`, 'ada@example.test']))
  expect(heldValues('ada@example.test', body(wide))).toHaveLength(50)
})
