import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { auditPage } from '../../lib/store/audit.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let project: number
beforeAll(async () => {
  db = await freshDatabase()
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  ;({ id: project } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings }))
  await registerProject(db.sql, { slug: 'other', name: 'Other', settings })
  // Row 1 is the registration; even rows are opened issues, odd ones refused attempts.
  for (let seq = 2; seq <= 11; seq++)
    await db.sql`select note(${project}, 'watcher', ${seq % 2 ? 'fix.refused' : 'issue.opened'}, '{}')`
})
afterAll(() => db.drop())

const page = async (kind: string, before: number | null, size: number) => {
  const { rows, older, newer } = await auditPage(db.sql, project, { kind, before, size })
  return { seqs: rows.map(({ seq }) => seq), older, newer }
}

test('pages lead to each other, newest first, and end where the rows do', async () => {
  expect(await page('%', null, 4)).toEqual({ seqs: [11, 10, 9, 8], older: 8, newer: null })
  expect(await page('%', 8, 4)).toEqual({ seqs: [7, 6, 5, 4], older: 4, newer: 12 })
  expect(await page('%', 4, 4)).toEqual({ seqs: [3, 2, 1], older: null, newer: 8 })
  expect(await page('%', 12, 11)).toMatchObject({ older: null, newer: null })
})

test('a kind has pages of its own', async () => {
  expect(await page('%.refused', null, 2)).toEqual({ seqs: [11, 9], older: 9, newer: null })
  expect(await page('%.refused', 9, 2)).toEqual({ seqs: [7, 5], older: 5, newer: 12 })
  expect(await page('%.refused', 5, 2)).toEqual({ seqs: [3], older: null, newer: 8 })
  expect(await page('control.%', null, 2)).toEqual({ seqs: [1], older: null, newer: null })
  expect(await page('effect.%', null, 2)).toEqual({ seqs: [], older: null, newer: null })
})

test('before the first row there is nothing, and the way back to the newest is there', async () => {
  expect(await page('%', 1, 4)).toEqual({ seqs: [], older: null, newer: 5 })
})
