import assert from 'node:assert/strict'
import test from 'node:test'
import { backoff, retry } from '../src/retry.js'
import { upload } from '../src/upload.js'

const wait = async () => {}

test('what succeeds at once is run once', async () => {
  let runs = 0
  const value = await retry(async () => {
    runs += 1
    return 'done'
  })
  assert.deepEqual([value, runs], ['done', 1])
})

test('a failed part is sent again', async () => {
  const tries = { a: 0, b: 0 }
  const send = async (part) => {
    tries[part] += 1
    if (part === 'b' && tries.b < 3) throw new Error('busy')
    return `${part}!`
  }
  assert.deepEqual(await upload(['a', 'b'], send, { wait }), ['a!', 'b!'])
  assert.deepEqual(tries, { a: 1, b: 3 })
})

test('what fails at once is tried again too', async () => {
  let runs = 0
  const value = await retry(
    () => {
      runs += 1
      if (runs < 2) throw new Error('no')
      return runs
    },
    { wait },
  )
  assert.equal(value, 2)
})

test('waiting grows', () => {
  assert.deepEqual(
    [1, 2, 3, 10].map((attempt) => backoff(attempt)),
    [100, 200, 400, 5000],
  )
})
