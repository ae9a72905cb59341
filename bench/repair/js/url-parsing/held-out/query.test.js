import assert from 'node:assert/strict'
import test from 'node:test'
import { formatQuery, parseQuery } from '../src/query.js'

test('there and back', () => {
  for (const text of ['a', 'a=', 'a=1', 'a&a=', 'a=1&a=2&b', 'a=%26&b=0', 'x=&y=&z']) {
    assert.equal(formatQuery(parseQuery(text)), text)
  }
})

test('flags stay flags', () => {
  assert.deepEqual(parseQuery('a&b=0&c=false&d'), { a: true, b: '0', c: 'false', d: true })
})
