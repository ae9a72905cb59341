import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Accounts } from '../src/accounts.ts'
import { Credits } from '../src/credits.ts'

test('additions and spendings at once leave the right sum', async () => {
  const accounts = new Accounts()
  await accounts.open('a', 5)
  await accounts.open('b', 0)
  const credits = new Credits(accounts)
  const all = await Promise.allSettled([
    ...Array.from({ length: 6 }, () => credits.add('a', 2)),
    ...Array.from({ length: 6 }, () => credits.spend('a', 1)),
    ...Array.from({ length: 4 }, () => credits.add('b', 1)),
  ])
  assert.equal(all.filter(({ status }) => status === 'rejected').length, 0)
  assert.equal((await accounts.read('a')).credits, 11)
  assert.equal((await accounts.read('b')).credits, 4)
})
