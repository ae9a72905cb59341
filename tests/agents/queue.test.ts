import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { basesOf } from '../../agents/bases.ts'
import { ship } from '../../agents/releaser/releaser.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, provenFix, type Shipping, shipping } from './release.ts'

/** Several faults in one night: each repair stands on what the release before it makes of production. */
let db: FreshDatabase
let sql: Sql
let s: Shipping
const open: (() => unknown)[] = []
const NEXT = 'bbbbbbbbbbbb'

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db)
  s.host.answers['/launch'] = 404
  open.push(() => db.drop(), s.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

const bases = async () => (await basesOf(s.actor, (await projectById(sql, s.project))!))!
/** A fix proven on the branch of the first, and the releaser's next step for it. */
async function proveOnComing() {
  const { coming } = await bases()
  const issue = await provenFix(sql, s.actor, s.project, coming!.sha, {
    id: NEXT,
    path: 'src/other.ts',
    ...{ fingerprint: 'f2', patch: 'q' },
  })
  return `issue:${issue}`
}
async function stepOf(subject: string) {
  await sql`update work set due_at = now() + interval '1 h' where subject <> ${subject}`
  await sql`update work set due_at = now() where subject = ${subject}`
  const lease = (await claimWork(sql, 'releaser', 60))!
  expect(lease.subject).toBe(subject)
  const next = await ship(s.actor, lease)
  await finishWork(sql, lease, next)
  return next
}

test('before a release has a branch a repair starts on what production runs', async () => {
  expect(await bases()).toMatchObject({ serving: { sha: s.base }, coming: null })
})

test('while a release is on its way a repair starts on its branch, waits for it, and then goes without another proof', async () => {
  const { facts } = await s.until('soaking')
  const fix = await fixById(sql, FIX)
  expect((await bases()).coming).toEqual({ sha: facts.branchSha, tree: fix?.state === 'proven' ? fix.tree : null })
  const subject = await proveOnComing()
  expect(await stepOf(subject)).toEqual({ agent: 'releaser', inMs: 5000 })
  expect(await releaseOfFix(sql, NEXT)).toBeNull()

  await sql`update work set due_at = now() + interval '1 h' where subject = ${subject}`
  await s.until('watching')
  // What production runs is a merge of it: another commit, the same tree.
  expect((await bases()).serving.sha).not.toBe(facts.branchSha)
  expect(await bases()).toMatchObject({ serving: { tree: (await bases()).serving.tree }, coming: null })
  expect(await stepOf(subject)).toBe('done')
  expect(await releaseOfFix(sql, NEXT)).toMatchObject({ state: 'staging' })
  expect(await fixById(sql, NEXT)).toMatchObject({ state: 'proven', superseded: false })
})

test('when the release it stands on goes back, it is proven again on what production runs', async () => {
  await s.until('soaking')
  const subject = await proveOnComing()
  s.host.unhealthy.add('staging')
  await s.until('rolling-back')
  expect(await stepOf(subject)).toEqual({ agent: 'investigator', inMs: 0 })
  expect(await fixById(sql, NEXT)).toMatchObject({ state: 'proven', superseded: true, withdrawn: false })
})

test('a release that stands on one of ours goes all the way: its commits come after those it stands on', async () => {
  await s.until('soaking')
  const subject = await proveOnComing()
  await s.until('watching')
  await db.admin`update nightshift.releases set state = 'cured' where fix = ${FIX}`
  await stepOf(subject)
  for (let i = 0; i < 60 && (await releaseOfFix(sql, NEXT))?.state !== 'watching'; i++) await s.step()
  expect(await releaseOfFix(sql, NEXT)).toMatchObject({ state: 'watching' })
  const main = (path: string) => s.origin.git('show', `main:${path}`)
  expect([main('src/app.ts'), main('src/other.ts')]).toEqual(['guarded', 'guarded'])
  const fix = await fixById(sql, NEXT)
  expect(s.origin.git('rev-parse', 'main^{tree}')).toBe(fix?.state === 'proven' ? fix.tree : '')
})
