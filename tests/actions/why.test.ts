import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { headOf } from '../../cli/why/head.ts'
import { timelineOf } from '../../cli/why/timeline.ts'
import { statusOf } from '../../lib/actions/status.ts'
import { type Why, whyOf } from '../../lib/actions/why.ts'
import { pause, resume } from '../../lib/store/control.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { FIX, type Shipping, shipping } from '../agents/release.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let sql: Sql
let s: Shipping
const open: (() => unknown)[] = []
beforeEach(async () => {
  db = await freshDatabase()
  sql = db.sql
  s = await shipping(db)
  s.host.answers['/launch'] = 404
  open.push(s.close, db.drop)
})
afterAll(async () => {
  for (const close of open) await close()
})

const shown = async (): Promise<string> => {
  // As it arrives: through JSON.
  const told = JSON.parse(JSON.stringify(await whyOf(sql, 1))) as Why
  return [...headOf(told), '', ...timelineOf(told.timeline)].join('\n')
}

test('a release tells why it shipped: decision, proof, places, both watches, and what was read back', async () => {
  const watching = await s.until('watching')
  const { mainSha, stagingSha, productionDeployment, branchSha } = watching.facts
  const text = await shown()
  expect(text).toMatch(
    /^Release 1 of issue 1 in shop: watching\n {2}To production at \S+Z, read back at \S+Z\n {4}go: \S/,
  )
  expect(text).toContain('(POST /launch)')
  expect(text).toMatch(new RegExp(`Fix ${FIX}: s\\n {4}tree [0-9a-f]{40} on base ${s.base}; low risk`))
  for (const place of [
    branchSha,
    stagingSha,
    `${mainSha}, deployment ${productionDeployment}`,
    `${s.base}, deployment d-first`,
  ])
    expect(text).toContain(place)
  expect(text).toMatch(/Soak on staging since \S+: \d+ probes, 0 failed, p50 \d+ ms, p95 \d+ ms\n.*\n {4}healthy: /)
  expect(text).toMatch(/effect\.intent: promote to production, d\d+\n {9}go: .+\n {9}policy 1, from \S+ until \S+/)
  expect(text).toMatch(/effect\.confirmed: promote:production\n {9}read back: .*deployment d\d+/)
  expect(text).toContain('release.watching: from promoting, release 1')
  const told = await whyOf(sql, 1)
  expect(told.timeline.every(({ what, decision }) => what !== 'effect.intent' || decision !== null)).toBe(true)
})

test('who approved, a refusal that came again and again, and what people did meanwhile are told', async () => {
  await db.admin`update nightshift.projects set level = 1`
  const [person] = await db.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash) values ('Ada', 'owner', 'x') returning id`
  const ada = { person: person!.id, name: 'Ada', role: 'owner', via: 'cli' } as const
  for (let i = 0; i < 8; i++) await s.step()
  const clock = { now: () => new Date() }
  const of = async () => (await statusOf({ sql, clock, halted: false }, (await projectById(sql, s.project))!)).issues[0]
  expect(await of()).toMatchObject({ waitingForYou: true, asksFor: 'staging', fix: { id: FIX } })
  await pause(sql, s.project, 'Ada', 'lunch')
  await resume(sql, s.project, ada)
  const { tree } = (await of())!.fix!
  await sql`select * from approve(${FIX}, ${tree}, 'staging', 1, ${ada.person}, 'cli', '1 hour')`
  await s.until('promoting')
  for (let i = 0; i < 4; i++) await s.step()
  expect(await of()).toMatchObject({ waitingForYou: true, asksFor: 'production' })
  const text = await shown()
  expect(text).toContain('It did not reach production.')
  expect(text).toMatch(/Approved by Ada up to staging at \S+ until \S+, policy 1, used/)
  expect(text).toMatch(/no approval for this tree\n {9}ask: .*\n {9}policy .*\n {9}again until \S+Z, \d+ times in all/)
  expect(text).toContain('under approval 1')
  expect(text).toMatch(/Ada {2}control\.paused: lunch/)
  expect(text).toContain('Ada  control.resumed')
})

test('a release that was taken back says why and what was undone', async () => {
  await s.until('watching')
  s.host.unhealthy.add('production')
  await s.until('rolled-back')
  const text = await shown()
  expect(text).toMatch(/Taken back \(unhealthy\) from watching: /)
  expect(text).toMatch(/Watch in production since .*\n.*failed health checks in a row [1-9].*\n {4}unhealthy: /)
  expect(text).toMatch(/\n {4}Production serves [0-9a-f]{7} again.*\n {4}Taken out of main by/)
  expect(text).toMatch(/release\.rolling-back: unhealthy, [1-9]\d* of \d+ probes failed/)
  expect(text).toMatch(/effect\.intent: rollback to production, d-first/)
})

test('another release’s rows, and those of another attempt, are not its own', async () => {
  await s.until('soaking')
  const rows = [
    { key: 'tell:release:11:cured' },
    { release: 11 },
    { fix: 'f'.repeat(12), issue: 1 },
    { key: `${'f'.repeat(12)}:push` },
    { issue: 2 },
  ]
  for (const body of rows) await sql`select note(${s.project}, 'releaser', 'test.happened', ${sql.json(body)})`
  await sql`select note(${s.project}, 'watcher', 'issue.noticed', ${sql.json({ issue: 1 })})`
  const whats = (await whyOf(sql, 1)).timeline.map(({ what }) => what)
  expect(whats).not.toContain('test.happened')
  expect(whats).toContain('issue.noticed')
  await expect(whyOf(sql, 99)).rejects.toThrow('no such thing')
})
