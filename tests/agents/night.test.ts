import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { basesOf } from '../../agents/bases.ts'
import type { Severity } from '../../lib/domain/issue.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { type Desk, openDesk } from '../actions/desk.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, HOURS, provenFix, type Shipping, shipping } from './release.ts'

/** A P2 that was repaired in the night waits for the morning; what no hours bind does not wait behind it. */
let db: FreshDatabase
let sql: Sql
let s: Shipping
let desk: Desk
const open: (() => unknown)[] = []
const NEXT = 'bbbbbbbbbbbb'

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  // The day after tomorrow: closed now, whatever the hour and the zone.
  const day = ((new Date().getUTCDay() + 1) % 7) + 1
  s = await shipping(db, { hours: { ...HOURS, days: [day] } })
  s.host.answers['/launch'] = 404
  desk = await openDesk(sql, db.admin)
  open.push(db.drop, s.close, desk.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

const first = async () => (await releaseOfFix(sql, FIX))!
const next = async () => releaseOfFix(sql, NEXT)
const moved = () => s.host.log.filter((line) => line.includes('production'))
const tree = async (id: string) => ((await fixById(sql, id)) as { tree: string }).tree
const bases = async (severity: Severity) =>
  (await basesOf(s.actor, (await projectById(sql, s.project))!, { severity }))!
async function untilItWaits() {
  await s.until('promoting')
  for (let i = 0; i < 6 && !(await first()).facts.refused; i++) await s.stepOf('release:1')
  return (await first()).facts.refused
}
/** Proven where a repair of this severity starts. */
async function another(severity: Severity) {
  const { serving, coming } = await bases(severity)
  const id = { id: NEXT, path: 'src/other.ts', fingerprint: 'f2', patch: 'q' }
  const issue = await provenFix(sql, s.actor, s.project, (coming ?? serving).sha, id)
  await sql`update issues set severity = ${severity} where id = ${issue}`
  return `issue:${issue}`
}

test('it waits without a place at production, and takes none before the hours open', async () => {
  expect(await untilItWaits()).toMatchObject({ reason: 'outside its window', asks: false })
  for (let i = 0; i < 3; i++) {
    expect(await s.stepOf('release:1')).toMatchObject({ agent: 'releaser', inMs: 900_000 })
    expect((await first()).facts.refused).toBeDefined()
  }
  const [told] = await sql<{ n: number }[]>`select count(*)::int as n from audit where what = 'effect.refused'`
  expect(told).toEqual({ n: 1 })
  expect(moved()).toEqual([])
})

test('another P2 stands on it and comes after it', async () => {
  await untilItWaits()
  expect((await bases('P2')).coming?.tree).toBe(await tree(FIX))
  expect(await s.stepOf(await another('P2'))).toEqual({ agent: 'releaser', inMs: 5000 })
  expect(await next()).toBeNull()
})

test('one that was told no before staging keeps its turn too', async () => {
  for (let i = 0; i < 5 && !(await releaseOfFix(sql, FIX))?.facts.branchSha; i++) await s.step()
  const { facts } = await first()
  const no = { kind: 'merge', target: 'staging', reason: 'r', why: [], asks: false }
  await db.admin`update nightshift.releases set facts = ${db.admin.json({ ...facts, refused: no } as never)}`
  expect(await s.stepOf(await another('P2'))).toEqual({ agent: 'releaser', inMs: 5000 })
  expect(await next()).toBeNull()
})

test('a P1 stands on what production runs, is asked for at once, and ships in the night; the P2 is proven again', async () => {
  await untilItWaits()
  expect((await bases('P1')).coming).toBeNull()
  expect(await s.stepOf(await another('P1'))).toBe('done')
  const release = `release:${(await next())!.id}`
  for (let i = 0; i < 40 && !(await next())?.facts.refused?.asks; i++) await s.stepOf(release)
  expect(await next()).toMatchObject({ state: 'promoting', facts: { refused: { asks: true, target: 'production' } } })
  const approval = { fix: NEXT, tree: await tree(NEXT), target: 'production', policyVersion: 1 }
  expect(await desk.decide(desk.people.operator, 'approve', approval)).toMatchObject({ status: 200 })
  for (let i = 0; i < 40 && (await next())?.state !== 'watching'; i++) await s.stepOf(release)
  expect(moved()).toEqual(['create production', 'promote production'])
  expect(s.origin.git('rev-parse', 'main^{tree}')).toBe(await tree(NEXT))

  for (let i = 0; i < 20 && (await first()).state !== 'overtaken'; i++) await s.stepOf('release:1')
  expect(await first()).toMatchObject({ state: 'overtaken', facts: { back: { kind: 'overtaken', lane: 'staging' } } })
  expect(await fixById(sql, FIX)).toMatchObject({ superseded: true, withdrawn: false })
  const [work] = await sql`select agent from work where subject = 'issue:1'`
  expect(work).toEqual({ agent: 'investigator' })
})
