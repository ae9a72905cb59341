import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { basesOf, changesSoon } from '../../agents/bases.ts'
import { repair } from '../../agents/implementer/implementer.ts'
import { nothingFound } from '../../lib/domain/diagnosis.ts'
import type { Severity } from '../../lib/domain/issue.ts'
import { addDiagnosis } from '../../lib/store/diagnoses.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { claimWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, provenFix, type Shipping, shipping } from './release.ts'

/** Several faults in one night: each repair stands on what the release before it makes of production. */
let db: FreshDatabase
let sql: Sql
let s: Shipping
const open: (() => unknown)[] = []
const NEXT = 'bbbbbbbbbbbb'
const nothingKnown = { cause: 'code', remedy: 'code-fix', confidence: 1, why: 'w' } as const

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db)
  s.host.answers['/launch'] = 404
  open.push(db.drop, s.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

const bases = async (severity: Severity = 'P2') =>
  (await basesOf(s.actor, (await projectById(sql, s.project))!, { severity }))!
/** A fix proven on the branch of the first, and the releaser's next step for it. */
async function proveOnComing(base?: string) {
  const on = base ?? (await bases()).coming!.sha
  const issue = await provenFix(sql, s.actor, s.project, on, {
    id: NEXT,
    path: 'src/other.ts',
    ...{ fingerprint: 'f2', patch: 'q' },
  })
  return `issue:${issue}`
}
const stepOf = (subject: string) => s.stepOf(subject)

const soon = async () => changesSoon(s.actor, (await projectById(sql, s.project))!, await bases())

test('what was proven this moment is waited for until its release has a branch', async () => {
  expect(await bases()).toMatchObject({ serving: { sha: s.base }, coming: null })
  expect(await soon()).toBe(true)
  // The tree gate, then the push.
  for (let i = 0; i < 5 && !(await releaseOfFix(sql, FIX))?.facts.branchSha; i++) {
    expect(await soon()).toBe(true)
    await s.step()
  }
  expect([await soon(), (await bases()).coming !== null]).toEqual([false, true])
})

test.each<[string, () => Promise<unknown>]>([
  ['it was proven a while ago', () => sql`update fixes set proven_at = now() - interval '31 s'`],
  ['it stands on something else', () => db.admin`update nightshift.fixes set base = ${'e'.repeat(40)}`],
  ['it was withdrawn', () => db.admin`update nightshift.fixes set withdrawn = true, withdrawn_why = 'w'`],
  ['it is proven again', () => db.admin`update nightshift.fixes set superseded = true`],
  [
    'its push was refused',
    async () => {
      await s.step()
      await db.admin`update nightshift.releases set facts = '{"refused": {"asks": false}}'`
    },
  ],
])('%s: nobody waits', async (_, change) => {
  expect(await soon()).toBe(true)
  await change()
  expect(await soon()).toBe(false)
})

test('a repair that is to begin waits for it', async () => {
  const subject = await proveOnComing(s.base)
  const id = Number(subject.split(':')[1])
  await addDiagnosis(sql, { ...nothingKnown, issue: id, facts: nothingFound(s.base, null) })
  await sql`update work set agent = 'implementer', due_at = now() where subject = ${subject}`
  const lease = (await claimWork(sql, 'implementer', 60))!
  const world = { ...s.actor, sandbox: undefined } as never
  expect(await repair(world, lease)).toEqual({ agent: 'implementer', inMs: 1000 })
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
