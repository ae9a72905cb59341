import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Examination, examined } from '../../lib/actions/doctor.ts'
import { stepsOf } from '../../lib/actions/onboarding.ts'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { type Look, well } from '../../lib/domain/finding.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { connection, noteConnection } from '../../lib/store/connections.ts'
import { heard, lastHeard } from '../../lib/store/heard.ts'
import { projects } from '../../lib/store/projects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from '../store/fixture.ts'
import { type Desk, openDesk } from './desk.ts'

let db: FreshDatabase
let desk: Desk
beforeAll(async () => {
  db = await freshDatabase()
  await projectWithLease(db.sql)
  desk = await openDesk(db.sql, db.admin)
})
afterAll(async () => {
  desk.close()
  await db.drop()
})

const look = async (more: Partial<Examination> = {}, sql = db.sql, now = () => new Date()) => {
  const asked: Examination = {
    ...{ projects: await projects(db.sql), callers: [], drains: true, model: true, halted: false },
    outside: async () => [{ ...well('host', 'it answers'), area: 'deploy', project: 'shop' }],
    ...more,
  }
  const found = await examined({ sql, clock: { now } }, asked)
  const looks = found.areas.flatMap((area) => area.looks)
  const said = (name: string): Look | undefined => looks.find((one) => one.name === name)
  return { ...found, looks, said }
}

test('rows, the database and what the adapters found are one answer, by area', async () => {
  const found = await look()
  expect(found.areas.map(({ area }) => area)).toEqual([
    ...['database', 'server', 'agents', 'code', 'deploy', 'sources', 'model', 'clock'],
  ])
  expect(found.said('login')).toMatchObject({ state: 'ok' })
  expect(found.said('people')).toMatchObject({ state: 'ok', detail: '3, 1 of them an owner' })
  expect(found.said('PostgreSQL')).toMatchObject({ state: 'ok' })
  expect(found.said('last event')).toMatchObject({
    state: 'note',
    project: 'shop',
    todo: expect.stringContaining('DSN'),
  })
  expect(found.said('host')).toMatchObject({ state: 'ok', area: 'deploy' })
})

test('a login that could rewrite the audit fails, and a clock that is off is told', async () => {
  expect((await look({}, db.superuser)).said('login')).toMatchObject({
    ...{
      state: 'fails',
      detail: expect.stringContaining('superuser'),
      todo: expect.stringContaining('nightshift_app'),
    },
  })
  const slow = await look({}, db.sql, () => new Date(Date.now() - 90_000))
  expect(slow.said('PostgreSQL')).toMatchObject({ state: 'note', detail: expect.stringMatching(/9\d s off/) })
})

test('nothing drives the agents until something calls, and the kill switch is told', async () => {
  const before = await look({ halted: true })
  expect(before.state).toBe('fails')
  expect(before.said('watcher')).toMatchObject({ state: 'fails', detail: 'nothing has ever called it' })
  expect(before.said('kill switch')).toMatchObject({ state: 'note' })
  for (const agent of ['watcher', 'investigator', 'implementer', 'releaser']) await heard(db.sql, `agent:${agent}`)
  const after = await look()
  expect(after.said('watcher')).toMatchObject({ state: 'ok' })
  expect(after.state).toBe('note')
})

test('who was heard is kept by name and time alone, and written every few seconds at most', async () => {
  const at = async () => (await lastHeard(db.sql)).get('webhook:vercel')
  await heard(db.sql, 'webhook:vercel')
  const first = await at()
  await heard(db.sql, 'webhook:vercel')
  expect(await at()).toEqual(first)
  await db.admin`update nightshift.heard set at = at - interval '6 seconds'`
  await heard(db.sql, 'webhook:vercel')
  expect((await at())?.getTime()).toBeGreaterThanOrEqual(first!.getTime())
  await expect(db.sql`insert into heard (who) values ('what they said: …')`).rejects.toThrow(/check/)
  const { said } = await look({
    callers: [
      ['Vercel’s webhooks', 'webhook:vercel'],
      ['Slack’s buttons', 'slack'],
    ],
  })
  expect(said('last of Vercel’s webhooks')).toMatchObject({ state: 'ok' })
  expect(said('last of Slack’s buttons')).toMatchObject({ state: 'note', detail: 'nothing has come yet' })
})

test('what last worked is found in the rows', async () => {
  await db.admin`
    insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, state, deadline, audit_seq)
    values (1, 'k', 's', 'push', 'change', 'branch', '', '{}', 'confirmed', now(), 1), (1, 'l', 's', 'deploy', 'change', 'staging', '', '{}', 'failed', now(), 1)`
  await db.admin`insert into nightshift.counts (project, fingerprint, environment, minute, n) values (1, 'f', 'production', date_trunc('minute', now()), 1)`
  await db.admin`insert into nightshift.notices (project, key, title, body, link, kind, about) values (1, 'n', 't', 'b', '/', 'escalated', '{}')`
  await db.admin`insert into nightshift.deliveries (project, channel, key, why) values (1, 'slack', 'n', 'channel_not_found')`
  const { said } = await look()
  expect(said('last push or merge')).toMatchObject({ state: 'ok' })
  expect(said('last deployment of ours')).toMatchObject({ state: 'note', detail: 'not yet' })
  expect(said('last event')).toMatchObject({ state: 'ok' })
  // Made by hand, so the audit knows nothing of them.
  await db.admin`delete from nightshift.effects`
  expect(said('last by slack')).toMatchObject({ state: 'note', detail: '1 wait: channel_not_found' })
})

test('a connection is noted by an owner, in the audit of every project, and adds up', async () => {
  const { owner, operator } = desk.people
  expect(await noteConnection(db.sql, operator, 'vercel', { verify: 'x' })).toMatchObject({ answer: 'refused' })
  expect(await connection(db.sql, 'vercel')).toBeNull()
  await noteConnection(db.sql, owner, 'vercel', { verify: 'code' })
  await noteConnection(db.sql, owner, 'vercel', { drain: 'drn_1' })
  expect(await connection(db.sql, 'vercel')).toEqual({ verify: 'code', drain: 'drn_1' })
  expect((await auditOf(db.sql, 1, 1))[0]).toMatchObject({
    ...{ what: 'control.connected', actor: 'Ada the owner', body: { with: 'vercel', facts: { drain: 'drn_1' } } },
  })
  await expect(db.sql`insert into connections (name, facts) values ('github', '{}')`).rejects.toThrow(
    /permission denied/,
  )
  expect((await verifyAudit(db.sql, 1)).problems).toEqual([])
})

test('steps stand on rows: an error that came is a step that is done', async () => {
  const chosen = { code: 'git', deploy: 'process', vercel: null, sentry: false, channels: [] }
  const steps = await stepsOf(db.sql, chosen, (await projects(db.sql))[0])
  expect(steps.filter(({ state }) => state === 'todo')).toEqual([])
  expect((await stepsOf(db.sql, chosen, undefined)).find(({ state }) => state === 'todo')?.step).toBe('project')
})
