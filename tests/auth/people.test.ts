import type { Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type Control, type Verb } from '../../lib/actions/act.ts'
import { mayBeWrittenTo } from '../../lib/actions/admit.ts'
import { VERBS, type VerbName } from '../../lib/actions/control.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Who } from '../../lib/domain/person.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { invitations, present, welcome } from '../../lib/store/members.ts'
import { projectsOf } from '../../lib/store/projects.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { type House, OWNER, openHouse } from './house.ts'

let db: FreshDatabase
let sql: Sql
let house: House
let owner: Who
let shop: number
beforeAll(async () => {
  db = await freshDatabase()
  sql = db.sql
  for (const slug of ['shop', 'blog'])
    await registerProject(sql, { slug, name: slug, settings: { repository: `/srv/${slug}.git`, app: slug } })
  shop = (await sql<{ id: number }[]>`select id from projects where slug = 'shop'`)[0]!.id
  house = await openHouse(sql)
  owner = (await house.owner()).who
})
afterAll(async () => {
  await house.close()
  await db.drop()
})

let keys = 0
const decide = (who: Who, verb: VerbName, body: object) => {
  const control = {
    sql,
    auth: house.auth,
    clock: { now: () => new Date() },
    ring: () => undefined,
  } as unknown as Control
  return act(control, who, verb, VERBS[verb] as Verb<unknown>, { key: `key-${++keys}-xxxxxxx`, body, password: null })
}
const invite = (email: string, role = 'operator', projects = ['shop']) =>
  decide(owner, 'invite', { email, role, projects })
const sub = () => crypto.randomUUID()
const door = { ownerEmail: OWNER, open: false }
const newest = async (project = shop) => (await auditOf(sql, project, 1))[0]

test('an invitation opens for its address, with its role and projects, and the audit of those says so', async () => {
  expect(await invite('  Ann@Example.com ')).toMatchObject({
    status: 200,
    body: { state: 'invited', email: 'ann@example.com' },
  })
  expect(await newest()).toMatchObject({
    what: 'control.invited',
    actor: OWNER,
    body: { email: 'ann@example.com', role: 'operator' },
  })
  expect(await mayBeWrittenTo(sql, house.choice, 'ann@example.com')).toBe(true)
  expect(await mayBeWrittenTo(sql, house.choice, 'bob@example.com')).toBe(false)
  const { own, isIn } = await house.byLink('ann@example.com')
  expect(isIn).toBe(true)
  const ann = await house.who(own)
  expect(ann).toMatchObject({ role: 'operator', name: 'ann@example.com' })
  expect((await projectsOf(sql, ann.person)).map(({ slug }) => slug)).toEqual(['shop'])
  expect(await newest()).toMatchObject({ what: 'control.joined', body: { how: 'invited', invitedBy: OWNER } })
  expect((await auditOf(sql, shop + 1, 9)).map(({ what }) => what)).not.toContain('control.invited')
  expect(await invite('ann@example.com')).toMatchObject({ status: 409 })
  for (const project of [shop, shop + 1]) expect((await verifyAudit(sql, project)).problems).toEqual([])
})

test('two sign-ins at once use it once, and so do two accounts of one address', async () => {
  await invite('race@example.com')
  const one = sub()
  const came = await Promise.all(
    [one, one, sub(), sub()].map((subject) => welcome(sql, { subject, email: 'race@example.com' }, door)),
  )
  const ids = came.map(({ person }) => person).filter((person) => person !== null)
  expect(new Set(ids).size).toBe(1)
  expect(came.filter(({ answer }) => answer === 'invited')).toHaveLength(1)
  expect(await sql`select 1 from people where email = 'race@example.com'`).toHaveLength(1)
  // Not even where the address is nobody's any more.
  await db.admin`update nightshift.people set email = 'moved@example.com' where email = 'race@example.com'`
  expect(await welcome(sql, { subject: sub(), email: 'race@example.com' }, door)).toMatchObject({ answer: 'refused' })
})

test('it runs out after a week, is taken back, replaced, and ends with whoever gave it', async () => {
  const comes = async (email: string) => (await welcome(sql, { subject: sub(), email }, door)).answer
  await invite('late@example.com')
  await db.admin`update nightshift.invitations set expires_at = now() where email = 'late@example.com'`
  expect(await comes('late@example.com')).toBe('refused')
  await invite('back@example.com')
  const [open] = (await invitations(sql)).filter(({ email }) => email === 'back@example.com')
  expect(open!.expiresAt.getTime() - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
  expect(await decide(owner, 'uninvite', { invitation: open!.id })).toMatchObject({ body: { answer: 'done' } })
  expect(await decide(owner, 'uninvite', { invitation: open!.id })).toMatchObject({ body: { answer: 'already' } })
  expect(await comes('back@example.com')).toBe('refused')
  await invite('twice@example.com', 'owner', [])
  await invite('twice@example.com', 'viewer')
  const person = (await welcome(sql, { subject: sub(), email: 'twice@example.com' }, door)).person
  expect((await present(sql)).find(({ id }) => id === person)).toMatchObject({ role: 'viewer', projects: [shop] })
  const { who: second } = await house.guest('second@example.com', 'owner', [])
  await decide(second, 'invite', { email: 'of-second@example.com', role: 'viewer', projects: [] })
  expect(await decide(owner, 'remove', { person: second.person })).toMatchObject({ status: 200 })
  expect(await comes('of-second@example.com')).toBe('refused')
})

test('whoever is removed is nobody at the next request, and comes back by invitation alone', async () => {
  const { own, who } = await house.guest('gone@example.com', 'operator', [shop])
  expect(await house.auth.visitor(own)).not.toBeNull()
  expect(await decide(owner, 'remove', { person: who.person })).toMatchObject({ body: { state: 'removed' } })
  expect(await house.auth.visitor(own)).toBeNull()
  expect(await newest()).toMatchObject({
    what: 'control.removed',
    body: { name: 'gone@example.com', from: 'operator' },
  })
  expect(await decide(who, 'pause', { project: 'shop' })).toMatchObject({ status: 404 })
  const subject = house.far.store.byEmail('gone@example.com')!.id
  const open = { ownerEmail: OWNER, open: true }
  expect(await welcome(sql, { subject, email: 'gone@example.com' }, open)).toMatchObject({ answer: 'refused' })
  expect(await welcome(sql, { subject: sub(), email: 'gone@example.com' }, open)).toMatchObject({ answer: 'refused' })
  await invite('gone@example.com', 'viewer')
  const back = await welcome(sql, { subject, email: 'gone@example.com' }, door)
  expect(back).toEqual({ person: who.person, answer: 'invited' })
})

test('a role and its projects change together, from the next request on', async () => {
  const { own, who } = await house.guest('dan@example.com', 'operator', [shop])
  const change = (role: string, projects: string[]) => decide(owner, 'role', { person: who.person, role, projects })
  expect(await change('viewer', ['blog'])).toMatchObject({ body: { answer: 'done' } })
  expect(await house.who(own)).toMatchObject({ role: 'viewer' })
  expect((await projectsOf(sql, who.person)).map(({ slug }) => slug)).toEqual(['blog'])
  expect(await change('viewer', ['blog'])).toMatchObject({ body: { answer: 'already' } })
  expect(await change('viewer', ['nowhere'])).toMatchObject({ status: 404 })
  expect(await newest()).toMatchObject({
    what: 'control.role',
    body: { name: 'dan@example.com', from: 'operator', role: 'viewer' },
  })
})

test('the last owner stays one, also when two remove each other at once', async () => {
  expect(await decide(owner, 'remove', { person: owner.person })).toMatchObject({
    body: { detail: 'the last owner stays one' },
  })
  expect(await decide(owner, 'role', { person: owner.person, role: 'viewer', projects: [] })).toMatchObject({
    status: 409,
  })
  const { who: other } = await house.guest('other-owner@example.com', 'owner', [])
  const answers = await Promise.all([
    decide(owner, 'remove', { person: other.person }),
    decide(other, 'remove', { person: owner.person }),
  ])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await sql`select 1 from people where role = 'owner'`).toHaveLength(1)
  // For what comes after: the first one again.
  await db.admin`update nightshift.people set role = 'owner' where id = ${owner.person}`
})

test('what weighs more takes a proof, and a stale sign-in is none', async () => {
  const stale = { ...owner, provedAt: new Date(house.far.store.now() - 3_600_000) }
  for (const [verb, body] of [
    ['invite', { email: 'x@example.com', role: 'viewer', projects: [] }],
    ['remove', { person: owner.person }],
  ] as const)
    expect(await decide(stale, verb, body)).toMatchObject({ status: 428, body: { code: 'PROOF_NEEDED' } })
})

test('with open sign-up whoever comes is somebody with no project', async () => {
  const answer = await welcome(sql, { subject: sub(), email: 'anybody@example.com' }, { ownerEmail: OWNER, open: true })
  expect(answer).toMatchObject({ answer: 'open' })
  expect(await newest()).not.toMatchObject({ actor: 'anybody@example.com' })
  expect(await projectsOf(sql, answer.person!)).toEqual([])
  expect(await mayBeWrittenTo(sql, { ...house.choice, signup: 'open' }, 'who@example.com')).toBe(true)
})

test('the owner’s password becomes the first owner’s account, and nobody claims it twice', async () => {
  const fresh = await freshDatabase()
  await fresh.sql`select set_owner('Owner', 'scrypt$x$y')`
  const race = await Promise.all([sub(), sub()].map((subject) => welcome(fresh.sql, { subject, email: OWNER }, door)))
  expect(race.map(({ answer }) => answer).toSorted()).toEqual(['owner', 'refused'])
  expect(await fresh.sql`select id, role, email from people`).toEqual([{ id: 1, role: 'owner', email: OWNER }])
  await fresh.drop()
})

test('an address that changed where people sign in is theirs still, unless it is somebody else’s here', async () => {
  const { who } = await house.guest('old@example.com', 'viewer', [shop])
  const subject = house.far.store.byEmail('old@example.com')!.id
  expect(await welcome(sql, { subject, email: OWNER }, door)).toEqual({ person: who.person, answer: 'known' })
  expect((await present(sql)).find(({ id }) => id === who.person)?.name).toBe('old@example.com')
  await welcome(sql, { subject, email: 'renamed@example.com' }, door)
  expect((await present(sql)).find(({ id }) => id === who.person)?.name).toBe('renamed@example.com')
})
