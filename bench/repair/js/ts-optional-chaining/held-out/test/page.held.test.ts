import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profilePage } from '../src/page.ts'

test('a name and nothing else', () => {
  assert.deepEqual(profilePage('p-2'), {
    status: 200,
    body: '<b>BI</b><h1>Ben Ito</h1><h2>private person</h2><ul></ul>',
  })
})
