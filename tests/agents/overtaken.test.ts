import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { repair } from '../../agents/implementer/implementer.ts'
import { ship } from '../../agents/releaser/releaser.ts'
import { isParked } from '../../lib/domain/release.ts'
import { Fault } from '../../lib/errors.ts'
import { draft, fix as fixById } from '../../lib/store/fixes.ts'
import { noticesOf } from '../../lib/store/notices.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { claimWork } from '../../lib/store/work.ts'
import { type Desk, openDesk } from '../actions/desk.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, type Shipping, shipping } from './release.ts'

/** What was proven is what ships; and who waits for a person keeps nobody else waiting. */
let db: FreshDatabase
let sql: Sql
let s: Shipping
let desk: Desk
const open: (() => unknown)[] = []
const theirs = { deployment: 'theirs', revision: 2, sha: 'e'.repeat(40) }

beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db)
  s.host.answers['/launch'] = 404
  desk = await openDesk(sql, db.admin)
  open.push(db.drop, s.close, desk.close)
})
afterAll(() => Promise.all(open.map((close) => close())))

const now = async () => (await releaseOfFix(sql, FIX))!
const work = async (subject: string) =>
  (await sql<{ agent: string }[]>`select agent from work where subject = ${subject}`)[0]?.agent
const moved = () => s.host.log.filter((line) => line.includes('production'))
const approve = async () => {
  const fix = await fixById(sql, FIX)
  const tree = fix?.state === 'proven' ? fix.tree : ''
  return desk.decide(desk.people.operator, 'approve', { fix: FIX, tree, target: 'production', policyVersion: 1 })
}
/** More users than level 2 ships for by itself: it soaks, then asks. */
const untilItAsks = async () => {
  await sql`update issues set users = 40, severity = 'P1'`
  await s.until('promoting')
  for (let i = 0; i < 6 && !isParked(await now()); i++) await s.step()
  return now()
}

test('production moved on before its release began: proven again from there, at no cost', async () => {
  s.host.serving.production = theirs
  const lease = (await claimWork(sql, 'releaser', 60))!
  expect(await ship(s.actor, lease)).toEqual({ agent: 'investigator', inMs: 0 })
  expect(await fixById(sql, FIX)).toMatchObject({ state: 'proven', superseded: true, withdrawn: false })
  expect(await releaseOfFix(sql, FIX)).toBeNull()
  expect(s.origin.git('for-each-ref', 'refs/heads/agent')).toBe('')
  const [row] = await sql`select body from audit where what = 'fix.superseded'`
  expect(row?.body).toMatchObject({ fix: FIX, why: 'Production runs another commit than the one it was proven on.' })
})

test.each(['soaking', 'promoting'])(
  'production moved on while it was %s: staging is as before, and it is proven again',
  async (state) => {
    if (state === 'promoting') await untilItAsks()
    else await s.until(state)
    s.host.serving.production = theirs
    const release = await s.until('overtaken')
    expect(release.facts.back).toMatchObject({ kind: 'overtaken', lane: 'staging', from: state })
    expect(s.host.serving.staging?.deployment).toBe('d-first-staging')
    expect(s.origin.git('rev-parse', 'staging^{tree}')).toBe(s.origin.git('rev-parse', `${s.base}^{tree}`))
    expect(moved()).toEqual([])
    expect(await work('issue:1')).toBe('investigator')
    expect(await fixById(sql, FIX)).toMatchObject({ superseded: true, withdrawn: false })
    const titles = (await noticesOf(sql, s.project)).map((notice) => notice.title)
    expect(titles.filter((title) => !title.includes('approval'))).toEqual([])
  },
)

test('what was approved and then overtaken needs another approval, for the other tree', async () => {
  await untilItAsks()
  await approve()
  s.host.serving.production = theirs
  await s.until('overtaken')
  expect(moved()).toEqual([])
  const [row] = await sql`select revoked_why, used_by from approvals`
  expect(row).toMatchObject({
    revokedWhy: 'Production runs another commit than the one it was proven on.',
    usedBy: null,
  })
  expect(await approve()).toMatchObject({ status: 409, body: { detail: 'production moved on: it is proven again' } })
})

test('a release that waits for a person leaves its place at production to another, and takes it again once approved', async () => {
  expect((await untilItAsks()).facts.refused).toMatchObject({ asks: true, target: 'production' })
  // Another release may stand in production meanwhile: one a target, and this one is not there.
  const [other] = await sql<{ id: number }[]>`
    insert into fixes (id, project, issue, attempt, base) select 'aaaaaaaaaaaa', project, issue, 2, base from fixes returning issue`
  expect(other).toBeDefined()
  await db.admin`insert into nightshift.releases (project, fix, issue, state) values (${s.project}, 'aaaaaaaaaaaa', 1, 'watching')`
  await approve()
  for (let i = 0; i < 4; i++) await s.step()
  expect(await now()).toMatchObject({ state: 'promoting', facts: { refused: { asks: true } } })
  expect(moved()).toEqual([])
  await db.admin`update nightshift.releases set state = 'cured' where fix = 'aaaaaaaaaaaa'`
  await s.until('watching')
  expect(moved()).toEqual(['create production', 'promote production'])
})

test('rejected while another release has its place on staging: withdrawn at once, taken out when that one has gone on', async () => {
  await untilItAsks()
  const [row] = await sql<{ issue: number }[]>`
    insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
    values (${s.project}, 'f2', 'RangeError', 'P2', 'w', now(), now()) returning id as issue`
  await sql`insert into fixes (id, project, issue, attempt, base) select 'aaaaaaaaaaaa', project, ${row!.issue}, 1, base from fixes`
  await db.admin`insert into nightshift.releases (project, fix, issue, state) values (${s.project}, 'aaaaaaaaaaaa', ${row!.issue}, 'soaking')`
  expect(await desk.decide(desk.people.operator, 'reject', { fix: FIX, why: 'not like this' })).toMatchObject({
    status: 200,
    body: { answer: 'done' },
  })
  expect(await fixById(sql, FIX)).toMatchObject({ withdrawn: true })
  for (let i = 0; i < 4; i++) await s.stepOf('release:1')
  expect(await now()).toMatchObject({ state: 'promoting' })
  expect(s.host.serving.staging?.deployment).not.toBe('d-first-staging')
  await db.admin`update nightshift.releases set state = 'cured' where fix = 'aaaaaaaaaaaa'`
  const { facts } = await s.until('rolled-back')
  expect(facts.back).toMatchObject({
    kind: 'rejected',
    lane: 'staging',
    why: 'Ada the operator rejected it: not like this',
  })
  expect(s.host.serving.staging?.deployment).toBe('d-first-staging')
  expect(moved()).toEqual([])
})

test('without its place it is let through to nothing, whatever asks', async () => {
  await untilItAsks()
  const fix = await fixById(sql, FIX)
  const tree = fix?.state === 'proven' ? fix.tree : ''
  await approve()
  const lease = (await claimWorkOf('release:1'))!
  const decision = { answer: 'go', reasons: [], policyVersion: 1, from: '2000-01-01', until: '2100-01-01', facts: {} }
  const [claim] =
    await sql`select * from claim_effect(${s.project}, 'k', ${lease.subject}, ${lease.fence}, 'merge', 'production',
    ${tree}, ${FIX}, 'aim', ${sql.json(decision)}, '10 s')`
  expect(claim).toMatchObject({ answer: 'no', reason: 'it gave its place up and has to take it again' })
})

async function claimWorkOf(subject: string) {
  await sql`update work set due_at = now() where subject = ${subject}`
  const lease = await claimWork(sql, 'releaser', 60)
  return lease?.subject === subject ? lease : null
}

test('a repair that has not begun is diagnosed again on what production runs now, and a half-made one is dropped', async () => {
  const [issue] = await sql<{ id: number }[]>`
    insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
    values (${s.project}, 'f2', 'RangeError', 'P2', 'w', now(), now()) returning id`
  const facts = {
    base: s.base,
    route: null,
    crash: null,
    spots: [],
    frames: [],
    suspect: null,
    previous: null,
    suspectIsNew: false,
  }
  await sql`insert into diagnoses (issue, cause, remedy, confidence, why, facts)
            values (${issue!.id}, 'code', 'code-fix', 1, 'w', ${sql.json({ ...facts, requests: [], events: [] })})`
  await draft(sql, { id: 'bbbbbbbbbbbb', project: s.project, issue: issue!.id, attempt: 1, base: s.base })
  await sql`insert into work (subject, project, agent) values (${`issue:${issue!.id}`}, ${s.project}, 'implementer')`
  s.host.serving.production = theirs
  const lease = (await claimWork(sql, 'implementer', 60))!
  const world = { ...s.actor, sandbox: undefined } as never
  expect(await repair(world, lease)).toEqual({ agent: 'investigator', inMs: 0 })
  expect(await fixById(sql, 'bbbbbbbbbbbb')).toMatchObject({ state: 'drafting', superseded: true })
})

test.each(['GIT_UNREACHABLE', 'GITHUB_LIMITED', 'GITHUB_UNAUTHORISED'] as const)(
  'a code host that does not say whether production moved on (%s) overtakes nothing',
  async (code) => {
    await s.until('soaking')
    // The same tree as another commit, as a merge of it is.
    const tree = s.origin.git('rev-parse', `${s.base}^{tree}`)
    const sha = s.origin.git('commit-tree', tree, '-p', s.base, '-m', 'Merge')
    s.origin.git('update-ref', 'refs/heads/main', sha)
    s.host.serving.production = { ...s.host.serving.production!, sha }
    const real = s.actor.code
    s.actor.code = (project) => ({
      ...real(project),
      commit: () => Promise.reject(new Fault(code)),
    })
    await expect(s.step()).rejects.toMatchObject({ code })
    expect((await now()).state).toBe('soaking')
    await db.admin`update nightshift.work set lease_until = null`
    s.actor.code = real
    await s.until('promoting')
  },
)
