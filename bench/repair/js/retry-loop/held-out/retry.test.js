import assert from 'node:assert/strict'
import test from 'node:test'
import { retry } from '../src/retry.js'
import { Refused, upload } from '../src/upload.js'

const wait = async () => {}

test('the last error is thrown after all attempts', async () => {
  let runs = 0
  const fails = async () => {
    runs += 1
    throw new Error(`no ${runs}`)
  }
  await assert.rejects(retry(fails, { attempts: 4, wait }), /no 4/)
  assert.equal(runs, 4)
})

test('a refusal ends it', async () => {
  let runs = 0
  const send = async () => {
    runs += 1
    throw new Refused('too large')
  }
  await assert.rejects(upload(['a', 'b'], send, { wait }), Refused)
  assert.equal(runs, 1)
})

test('waits between attempts only', async () => {
  const waited = []
  const fails = () => Promise.reject(new Error('no'))
  await assert.rejects(retry(fails, { attempts: 3, base: 10, wait: async (ms) => waited.push(ms) }))
  assert.deepEqual(waited, [10, 20])
})
