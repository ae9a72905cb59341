import assert from 'node:assert/strict'
import test from 'node:test'
import { parseQuery } from '../src/query.js'
import { parseUrl, withQuery } from '../src/url.js'

test('the parts of an address', () => {
  assert.deepEqual(parseUrl('https://Example.org/a/b?x=1#top'), {
    scheme: 'https',
    host: 'example.org',
    port: 443,
    path: '/a/b',
    query: { x: '1' },
    hash: 'top',
  })
})

test('a flag and a list', () => {
  assert.deepEqual(parseQuery('?debug&tag=a&tag=b+c'), { debug: true, tag: ['a', 'b c'] })
})

test('an emptied filter is kept', () => {
  assert.deepEqual(parseQuery('q=&page=2'), { q: '', page: '2' })
})

test('a value with an equals sign', () => {
  assert.deepEqual(parseQuery('token=a=b'), { token: 'a=b' })
})

test('parameters are changed', () => {
  assert.equal(withQuery('http://a.org:8080/?x=1&y=2', { x: '3', y: null }), 'http://a.org:8080/?x=3')
})
