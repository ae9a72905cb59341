import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Accounts } from '../src/accounts.ts'
import { Credits, TooFew } from '../src/credits.ts'

async function setUp(credits: number) {
  const accounts = new Accounts()
  await accounts.open('a', credits)
  return { accounts, credits: new Credits(accounts) }
}

test('credits are spent', async () => {
  const { accounts, credits } = await setUp(10)
  assert.equal(await credits.spend('a', 3), 7)
  assert.equal((await accounts.read('a')).credits, 7)
})

test('ten additions at once all count', async () => {
  const { accounts, credits } = await setUp(0)
  await Promise.all(Array.from({ length: 10 }, () => credits.add('a', 1)))
  assert.equal((await accounts.read('a')).credits, 10)
})

test('nobody spends what is not there', async () => {
  const { credits } = await setUp(1)
  await assert.rejects(credits.spend('a', 2), TooFew)
})
