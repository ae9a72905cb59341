import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Who } from '../../lib/domain/person.ts'
import { auditOf } from '../../lib/store/audit.ts'
import * as members from '../../lib/store/members.ts'
import { linkGithub } from '../../lib/store/people.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

/** What the database itself holds to about people, whoever calls it: the frame of decisions is not in front of these. */
let db: FreshDatabase
let shop: number
let blog: number
let owner: Who
beforeAll(async () => {
  db = await freshDatabase()
  const register = (slug: string) =>
    registerProject(db.sql, { slug, name: slug, settings: { repository: `/srv/${slug}.git`, app: slug } })
  ;[shop, blog] = [(await register('shop')).id, (await register('blog')).id]
  owner = await somebody('owner')
})
afterAll(async () => {
  for (const project of [shop, blog]) expect((await verifyAudit(db.sql, project)).problems).toEqual([])
  await db.drop()
})

let n = 0
async function somebody(role: string, more: { projects?: number[]; email?: string } = {}): Promise<Who> {
  const name = `${role} ${++n}`
  const { projects = [], email = null } = more
  const [row] = await db.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash, email, subject)
    values (${name}, ${role}, 'x', ${email}, ${email && crypto.randomUUID()}) returning id`
  for (const project of projects)
    await db.admin`insert into nightshift.members (project, person) values (${project}, ${row!.id})`
  return { person: row!.id, name, role: 'owner', via: 'cli' }
}
const refused = (reason: string) => ({ answer: 'refused', reason })
const [DONE, ALREADY] = [expect.objectContaining({ answer: 'done' }), expect.objectContaining({ answer: 'already' })]
const NOT_OWNER = refused('only an owner may change this')
const UNKNOWN = refused('unknown person')
const invite = (email: string, role = 'viewer', projects = [shop], who = owner) =>
  members.invite(db.sql, who, email, { role: role as 'viewer', projects })
const set = (who: Who, role: string, projects: number[], by = owner) =>
  members.setPerson(db.sql, by, who.person, { role: role as 'viewer', projects })
const open = async (email: string) => (await members.invitations(db.sql)).find((one) => one.email === email)!
const door = { ownerEmail: 'first@example.com', open: false }
const comes = (email: string, subject: string = crypto.randomUUID(), how = door) =>
  members.welcome(db.sql, { subject, email }, how)
const projectsOf = async (who: { person: number | null }) =>
  (await members.present(db.sql)).find(({ id }) => id === who.person)?.projects

test('a name on GitHub is linked by owners, to somebody who is there, and is one', async () => {
  const [ada, gone] = [await somebody('operator'), await somebody('removed')]
  const link = (who: Who, login: string, by = owner) => linkGithub(db.sql, by, who.person, login)
  expect(await link(ada, 'ada', ada)).toEqual(NOT_OWNER)
  expect(await link({ ...ada, person: 999 }, 'ada')).toEqual(UNKNOWN)
  expect(await link(gone, 'ada')).toEqual(UNKNOWN)
  for (const none of ['', '-a', 'a--b', 'a b', 'a'.repeat(40)])
    expect(await link(ada, none)).toEqual(refused('this is no name on GitHub'))
  expect(await link(ada, 'Ada-1')).toEqual(DONE)
  expect(await link(ada, 'ada-1')).toEqual(ALREADY)
  expect(await link(owner, 'ADA-1')).toEqual(refused('this name on GitHub is linked to somebody else'))
})

test('whoever is removed frees the names they had elsewhere, and is a member of nothing', async () => {
  const ada = await somebody('operator', { projects: [shop] })
  await linkGithub(db.sql, owner, ada.person, 'freed')
  await db.sql`select * from link_slack(${ada.person}, 'U0FREED', ${owner.person}, 'cli')`
  expect(await members.removePerson(db.sql, owner, 999)).toEqual(UNKNOWN)
  expect(await members.removePerson(db.sql, ada, ada.person)).toEqual(NOT_OWNER)
  expect(await members.removePerson(db.sql, owner, ada.person)).toEqual(DONE)
  expect(await members.removePerson(db.sql, owner, ada.person)).toEqual(ALREADY)
  expect(await members.isMember(db.sql, ada.person, shop)).toBe(false)
  // A row that was left behind is no way in either.
  await db.admin`insert into nightshift.members (project, person) values (${shop}, ${ada.person})`
  expect(await members.isMember(db.sql, ada.person, shop)).toBe(false)
  await db.admin`delete from nightshift.members where person = ${ada.person}`
  const again = await somebody('operator')
  expect(await linkGithub(db.sql, owner, again.person, 'freed')).toEqual(DONE)
  expect(await db.sql`select * from link_slack(${again.person}, 'U0FREED', ${owner.person}, 'cli')`).toEqual([DONE])
})

test('a role is one of three, of somebody who is there, in projects that are', async () => {
  const [ada, gone] = [await somebody('operator', { projects: [shop] }), await somebody('removed')]
  expect(await set(gone, 'owner', [])).toEqual(UNKNOWN)
  expect(await set(ada, 'removed', [])).toEqual(refused('unknown role'))
  expect(await set(ada, 'viewer', [999])).toEqual(refused('unknown project'))
  expect(await set(ada, 'owner', [], ada)).toEqual(NOT_OWNER)
  expect(await invite('x@example.com', 'god')).toEqual(refused('unknown role'))
  expect(await invite('x@example.com', 'viewer', [999])).toEqual(refused('unknown project'))
  expect(await projectsOf(ada)).toEqual([shop])
})

test('an owner needs no membership and keeps none, or it would come back with the next role', async () => {
  const ada = await somebody('operator', { projects: [shop] })
  expect(await set(ada, 'owner', [shop, blog])).toEqual(DONE)
  expect(await projectsOf(ada)).toEqual([])
  await invite('second@example.com', 'owner', [shop])
  expect((await open('second@example.com')).projects).toEqual([])
  expect(await set(ada, 'viewer', [blog])).toEqual(DONE)
  expect(await projectsOf(ada)).toEqual([blog])
})

test('what changed about somebody is in the audit of the projects they were in, and of no other', async () => {
  const ada = await somebody('operator', { projects: [shop] })
  const roles = async (project: number) =>
    (await auditOf(db.sql, project, 50)).filter(({ body }) => (body as { of?: number }).of === ada.person).length
  await set(ada, 'viewer', [shop])
  expect([await roles(shop), await roles(blog)]).toEqual([1, 0])
  await set(ada, 'viewer', [blog])
  expect([await roles(shop), await roles(blog)]).toEqual([2, 1])
})

test('an invitation runs a week, and is taken back only while it is open', async () => {
  await invite('week@example.com')
  const { id, expiresAt } = await open('week@example.com')
  expect(Math.round((expiresAt.getTime() - Date.now()) / 86_400_000)).toBe(7)
  const uninvite = (one: number, by = owner) => members.uninvite(db.sql, by, one)
  expect(await uninvite(999)).toEqual(refused('unknown invitation'))
  expect(await uninvite(id, await somebody('operator'))).toEqual(NOT_OWNER)
  expect((await comes('week@example.com')).answer).toBe('invited')
  expect(await uninvite(id)).toEqual(refused('it was used: remove the person instead'))
  expect(await invite('week@example.com')).toEqual(refused('this address is somebody’s here already'))
})

test('who invited has to be an owner still when somebody comes', async () => {
  const second = await somebody('owner')
  await invite('late@example.com', 'owner', [], second)
  await set(second, 'viewer', [])
  expect((await comes('late@example.com')).answer).toBe('refused')
})

test('nobody is written to who has no business here', async () => {
  const written = (email: string) => members.expected(db.sql, email, 'boss@example.com')
  const ada = await somebody('viewer', { email: 'ada@example.com' })
  expect([await written('ada@example.com'), await written('eve@example.com')]).toEqual([true, false])
  await members.removePerson(db.sql, owner, ada.person)
  expect(await written('ada@example.com')).toBe(false)
  for (const [email, spoil] of [
    ['used@example.com', () => comes('used@example.com')],
    ['back@example.com', async () => members.uninvite(db.sql, owner, (await open('back@example.com')).id)],
    [
      'old@example.com',
      () => db.admin`update nightshift.invitations set expires_at = now() where email = 'old@example.com'`,
    ],
  ] as const) {
    await invite(email)
    expect([email, await written(email)]).toEqual([email, true])
    await spoil()
    await db.admin`update nightshift.people set email = null, subject = null where email = ${email}`
    expect([email, await written(email)]).toEqual([email, false])
  }
  // Invited by somebody who was removed meanwhile.
  const second = await somebody('owner')
  await invite('theirs@example.com', 'viewer', [], second)
  await members.removePerson(db.sql, owner, second.person)
  expect(await written('theirs@example.com')).toBe(false)
  // The first owner's address, until there is one with an account.
  expect(await written('boss@example.com')).toBe(true)
  await somebody('owner', { email: 'other-boss@example.com' })
  expect(await written('boss@example.com')).toBe(false)
})

test('two rows of one person are nobody’s guess, and a removed one is not known by another address', async () => {
  const subject = crypto.randomUUID()
  await db.admin`
    insert into nightshift.people (name, role, email, subject)
    values ('one', 'removed', 'one@example.com', ${subject}), ('two', 'removed', 'two@example.com', ${crypto.randomUUID()})`
  await invite('two@example.com', 'owner', [])
  expect(await comes('two@example.com', subject)).toEqual({ person: null, answer: 'refused' })
  expect(await comes('elsewhere@example.com', subject, { ...door, open: true })).toEqual({
    ...{ person: null, answer: 'refused' },
  })
})

test('an invitation never hands anybody’s row to another account', async () => {
  const subject = crypto.randomUUID()
  await invite('ann@example.com')
  const { person } = await comes('ann@example.com', subject)
  await invite('wanted@example.com', 'owner', [])
  // She changes her address where she signs in, to one that was invited.
  expect(await comes('wanted@example.com', subject)).toEqual({ person, answer: 'known' })
  expect(await comes('wanted@example.com')).toEqual({ person: null, answer: 'refused' })
  const [row] = await db.sql<{ subject: string; role: string }[]>`select subject, role from people where id = ${person}`
  expect(row).toEqual({ subject, role: 'viewer' })
})

test('the first owner’s address makes no second owner, once one has an account under another', async () => {
  await somebody('owner', { email: 'boss-now@example.com' })
  expect(await comes(door.ownerEmail)).toEqual({ person: null, answer: 'refused' })
  expect(await comes(door.ownerEmail, crypto.randomUUID(), { ...door, open: true })).toMatchObject({ answer: 'open' })
})

test('where there is no project to lock, two owners still cannot remove each other', async () => {
  const bare = await freshDatabase()
  const [one, other] = await bare.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash) values ('one', 'owner', 'x'), ('other', 'owner', 'x') returning id`
  const remove = (who: number, by: number, sql = bare.sql) =>
    sql<{ answer: string; reason: string | null }[]>`select * from remove_person(${who}, ${by}, 'cli')`
  let second: Promise<unknown> = Promise.resolve()
  await bare.sql.begin(async (sql) => {
    expect(await remove(other!.id, one!.id, sql as unknown as typeof bare.sql)).toEqual([DONE])
    second = Promise.resolve(remove(one!.id, other!.id))
    await new Promise((resolve) => setTimeout(resolve, 300))
  })
  expect(await second).toEqual([NOT_OWNER])
  expect(await bare.sql`select 1 from people where role = 'owner'`).toHaveLength(1)
  await bare.drop()
})
