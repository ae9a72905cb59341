import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { personBySlack } from '../../lib/store/people.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from '../store/fixture.ts'
import { type Desk, openDesk, PASSWORD } from './desk.ts'

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

const link = (who: keyof Desk['people'], body: object, password?: string) =>
  desk.decide(desk.people[who], 'link', body, password ? { password } : {})

test('an owner links somebody, with the password, and the audit says who was whom', async () => {
  const person = desk.people.operator.person
  expect(await link('owner', { slackId: 'U0ADA', person })).toMatchObject({ status: 428 })
  expect(await link('owner', { slackId: 'U0ADA', person }, PASSWORD)).toMatchObject({
    ...{ status: 200, body: { state: 'linked', answer: 'done', person } },
  })
  expect(await link('owner', { slackId: 'U0ADA', person }, PASSWORD)).toMatchObject({ body: { answer: 'already' } })
  expect(await personBySlack(db.sql, 'U0ADA')).toMatchObject({ id: person, role: 'operator' })
  expect((await auditOf(db.sql, 1, 1))[0]).toMatchObject({
    ...{ what: 'control.linked', actor: 'Ada the owner' },
    body: { linked: person, slack: 'U0ADA', via: 'page' },
  })
  expect((await verifyAudit(db.sql, 1)).problems).toEqual([])
})

test('nobody else may, and nobody is two people', async () => {
  for (const who of ['operator', 'viewer'] as const)
    expect(await link(who, { slackId: 'U0EVE' }, PASSWORD)).toMatchObject({ status: 403 })
  expect(await link('owner', { slackId: 'U0ADA' }, PASSWORD)).toMatchObject({
    ...{ status: 409, body: { detail: 'this member of Slack is linked to somebody else' } },
  })
  expect(await link('owner', { slackId: 'U0EVE', person: 99 }, PASSWORD)).toMatchObject({ status: 409 })
  for (const slackId of ['ada', '', 'U0 1', 'C0123ABCD'])
    expect(await link('owner', { slackId }, PASSWORD)).toMatchObject({ status: 400 })
  expect(await personBySlack(db.sql, 'U0EVE')).toBeNull()
})

test('a name on GitHub is linked the same way, whatever its capitals, and to one person', async () => {
  const person = desk.people.operator.person
  expect(await link('operator', { github: 'Ada-1' }, PASSWORD)).toMatchObject({ status: 403 })
  expect(await link('owner', { github: 'Ada-1', person }, PASSWORD)).toMatchObject({
    ...{ status: 200, body: { state: 'linked', answer: 'done', person, github: 'Ada-1' } },
  })
  expect(await link('owner', { github: 'ada-1', person }, PASSWORD)).toMatchObject({ body: { answer: 'already' } })
  expect(await link('owner', { github: 'ADA-1' }, PASSWORD)).toMatchObject({
    ...{ status: 409, body: { detail: 'this name on GitHub is linked to somebody else' } },
  })
  for (const github of ['@ada', '', 'a--b', '-a', 'a'.repeat(40)])
    expect(await link('owner', { github, person }, PASSWORD)).toMatchObject({ status: 400 })
  for (const both of [{ slackId: 'U0ADA', github: 'ada' }, {}])
    expect(await link('owner', both, PASSWORD)).toMatchObject({ status: 400 })
  expect((await auditOf(db.sql, 1, 1))[0]).toMatchObject({ what: 'control.linked', body: { github: 'ada-1' } })
  await expect(db.sql`update people set github_login = 'eve'`).rejects.toThrow(/permission denied/)
})

test('without a person it is the owner’s own, and a new id takes the place of the old one', async () => {
  await link('owner', { slackId: 'U0OWN1' }, PASSWORD)
  await link('owner', { slackId: 'U0OWN2' }, PASSWORD)
  expect(await personBySlack(db.sql, 'U0OWN1')).toBeNull()
  expect(await personBySlack(db.sql, 'U0OWN2')).toMatchObject({ id: desk.people.owner.person })
})

test('the application cannot link anybody past the function', async () => {
  await expect(db.sql`update people set slack_id = 'U0EVE'`).rejects.toThrow(/permission denied/)
  await expect(
    db.sql`select * from link_slack(${desk.people.viewer.person}, 'U0EVE', ${desk.people.operator.person}, 'cli')`,
  ).resolves.toMatchObject([{ answer: 'refused' }])
})
