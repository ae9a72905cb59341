import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
beforeAll(async () => {
  db = await freshDatabase({ pooled: true })
})
afterAll(() => db.drop())

/** What is not answered by then never is. */
const PATIENCE_MS = 20_000
const settled = (asked: PromiseLike<unknown>[]) =>
  Promise.race([Promise.all(asked).then(() => 'all answered'), sleep(PATIENCE_MS, 'some never', { ref: false })])

test('more queries than connections, with parameters and without, are all answered through a pooler', async () => {
  const { sql } = db
  const asked = Array.from({ length: 120 }, (_, n) => {
    if (n % 3 === 0) return sql`select 1 as one`.then((rows) => rows.length)
    if (n % 3 === 1) return sql`select ${n}::int as n`.then((rows) => rows.length)
    return sql.begin(async (tx) => (await tx`select 1 as one`).length)
  })
  expect(await settled(asked)).toBe('all answered')
})

test('so are several of one transaction, asked at once', async () => {
  const asked = db.sql.begin((tx) =>
    Promise.all(Array.from({ length: 9 }, (_, n) => (n % 2 ? tx`select ${n}::int as n` : tx`select ${'1'} as n`))),
  )
  expect(await settled([asked])).toBe('all answered')
  expect(await asked).toHaveLength(9)
})
