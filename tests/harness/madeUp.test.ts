import { expect, test } from 'vitest'
import { draftOf, parametersOf, requestOf } from '../../lib/harness/draft.ts'
import { at, nameOf, placesIn, withKey, without, withValue } from '../../lib/harness/jsonPaths.ts'
import { candidatesFor } from '../../lib/harness/madeUp.ts'
import { tailOf } from '../../lib/harness/tail.ts'

test.each([
  ['mary.smith@nhs.example', 'someone@example.com'],
  ['[email]', 'someone@example.com'],
  ['[ip]', '192.0.2.1'],
  ['[token]', 'made-up'],
  ['9b2d7f3a-1c4e-4d5f-8a6b-7c8d9e0f1a2b', '00000000-0000-4000-8000-000000000001'],
  ['1961-04-02', '2024-01-02'],
  ['2026-03-01T10:30:07.123Z', '2024-01-02T00:00:00.000Z'],
  ['2026-03-01T10:30+02:00', '2024-01-02T00:00+02:00'],
  ['1961-04-02 Mary', '1234-56-78 Exam'],
  ['smith-42', 'examp-12'],
  ['9:45', '10:20'],
  ['09:45:10', '10:20:30'],
  ['https://clinic.example/p?id=1', 'https://example.com/'],
  ['10.1.2.3', '192.0.2.1'],
  ['p-97', 'p-99'],
  ['0042', '9999'],
  ['cus_Jk3l', 'exa_Mp1l'],
  ['Mary Smith', 'Exam Pleex'],
  ['+44 7700 900123', '+12 3456 789012'],
  ['Zoë', 'Exa'],
  [1234, 1111],
  [-12.5, -11.1],
  [1e21, 10],
])('%s becomes %s', (value, made) => {
  expect(candidatesFor(value)[0]).toBe(made)
})

test.each([[''], [0], [1], [-1], [true], [null], [Number.NaN]])('%s says nothing about anybody', (value) => {
  expect(candidatesFor(value)).toEqual([])
})

test('a request is taken apart and put together again', () => {
  const given = {
    method: 'POST',
    path: '/a/b-1/c?x=1&y=a%20b#z',
    headers: { 'Content-Type': 'application/json', Cookie: 'c' },
    body: '{"a":[1]}',
  } as const
  const draft = draftOf(given, [])
  expect(parametersOf(draft)).toEqual([1])
  expect(requestOf(draft)).toEqual({
    method: 'POST',
    path: '/a/b-1/c?x=1&y=a+b',
    headers: { 'content-type': 'application/json' },
    body: '{"a":[1]}',
  })
})

test('a cut or empty body is text or nothing, never JSON', () => {
  const body = (text: string | null) => draftOf({ method: 'POST', path: '/', headers: {}, body: text }, []).body
  expect([body('{"a":…'), body(''), body(null), body('3')].map(({ kind }) => kind)).toEqual([
    'text',
    'none',
    'none',
    'text',
  ])
})

test('places of a document: named, read, changed, left out', () => {
  const value = { a: [{ b: 1 }, 2], __proto__x: null }
  expect(placesIn(value).map((path) => nameOf('body', path))).toEqual([
    'body.a',
    'body.a[0]',
    'body.a[0].b',
    'body.a[1]',
    'body.__proto__x',
  ])
  expect(at(value, ['a', 0, 'b'])).toBe(1)
  expect(at(value, ['toString'])).toBeUndefined()
  expect(withValue(value, ['a', 0, 'b'], 9)).toEqual({ a: [{ b: 9 }, 2], __proto__x: null })
  expect(without(value, ['a', 0])).toEqual({ a: [2], __proto__x: null })
  expect(withKey(value, ['a', 0, 'b'], 'c')).toEqual({ a: [{ c: 1 }, 2], __proto__x: null })
})

test('a tail keeps the end and says how much it dropped', () => {
  const tail = tailOf(4)
  for (const chunk of ['ab', 'cdefgh', 'i']) tail.push(Buffer.from(chunk))
  expect(tail.text()).toBe('[5 bytes before this]\nfghi')
})
