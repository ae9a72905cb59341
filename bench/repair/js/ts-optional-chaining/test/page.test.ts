import assert from 'node:assert/strict'
import { test } from 'node:test'
import { profilePage } from '../src/page.ts'

test('a full profile', () => {
  const { status, body } = profilePage('p-1')
  assert.equal(status, 200)
  assert.match(body, /<b>AO<\/b>/)
  assert.match(body, /<li>Leeds<\/li><li>VAT GB123<\/li>/)
})

test('somebody who gave no address', () => {
  const { status, body } = profilePage('p-3')
  assert.equal(status, 200)
  assert.match(body, /<h2>Marsh &amp; Co<\/h2><ul><li>cleo@example.com<\/li><\/ul>/)
})

test('nobody', () => {
  assert.equal(profilePage('p-9').status, 404)
})
