import { expect, test } from 'vitest'
import { rename, reword, singular, thingIn, wordsOf } from '../../lib/recipes/wording.ts'

test.each([
  ['billingAccount', ['billing', 'account']],
  ['HTTPServer', ['http', 'server']],
  ['practice_id', ['practice', 'id']],
])('%s in words', (name, words) => {
  expect(wordsOf(name)).toEqual(words)
})

test.each([
  ['findPracticeById', ['practice']],
  ['getBillingAccountForUser', ['billing', 'account']],
  ['practices', ['practice']],
  ['companies', ['company']],
  ['addresses', ['address']],
  ['status', ['status']],
  ['find', null],
])('%s names %j', (name, thing) => {
  expect(thingIn(name)).toEqual(thing)
})

test.each([
  ['boxes', 'box'],
  ['class', 'class'],
  ['analysis', 'analysis'],
  ['days', 'day'],
])('one of the %s is a %s', (many, one) => {
  expect(singular(many)).toBe(one)
})

test.each([
  ['Campaign not found', 'Billing account not found'],
  ['campaign_not_found', 'billing_account_not_found'],
  ['CAMPAIGN_NOT_FOUND', 'BILLING_ACCOUNT_NOT_FOUND'],
  ['campaign-not-found', 'billing-account-not-found'],
  ['There is no campaign', 'There is no billing account'],
  ['not a campaign', 'not a billing account'],
  ['unknown campaigns', 'unknown billing accounts'],
])('%s becomes %s', (text, renamed) => {
  expect(rename(text, ['campaign'], ['billing', 'account'])).toBe(renamed)
})

test('a or an, as the next word asks', () => {
  expect(rename('Not a campaign', ['campaign'], ['invoice'])).toBe('Not an invoice')
  expect(rename('Not an invoice', ['invoice'], ['campaign'])).toBe('Not a campaign')
})

test.each([
  ['Not found', 'Not found'],
  ['No such record', 'No such record'],
  ['That thing was not found', 'Practice was not found'],
  ['campaign is archived', 'practice not found'],
  ['Gone for good.', 'Practice not found.'],
  ['E_GONE', 'PRACTICE_NOT_FOUND'],
  ['no campaign, and here are nine words to go with it', 'practice not found'],
])('of a lookup, %s becomes %s', (text, said) => {
  expect(reword(text, ['campaign'], ['practice'], 'lookup', true)).toBe(said)
})

test('a model of another kind lends its manner alone', () => {
  expect(reword('Name is required', ['name'], ['practice'], 'lookup', false)).toBe('Practice not found')
  expect(reword('invalid_body', ['body'], ['practice'], 'input', false)).toBe('invalid_body')
  expect(reword('name_missing', ['name'], ['practice'], 'input', true)).toBe('practice_missing')
})
