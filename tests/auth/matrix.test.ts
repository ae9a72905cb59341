import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { act, type Verb } from '../../lib/actions/act.ts'
import { VERBS, type VerbName } from '../../lib/actions/control.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { Role, Who } from '../../lib/domain/person.ts'
import { type Desk, openDesk, PASSWORD } from '../actions/desk.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, projectWithLease, TREE } from '../store/fixture.ts'

/** Role by verb by membership, at the frame of every decision and, past it, in the database. */
type Standing = Role | 'removed'
const STANDINGS: [Standing, boolean][] = (['owner', 'operator', 'viewer', 'removed'] as const).flatMap((role) => [
  [role, true] as [Standing, boolean],
  [role, false] as [Standing, boolean],
])
const DECIDES: VerbName[] = ['pause', 'resume', 'approve', 'reject', 'rollback']
const BODIES: Record<VerbName, object> = {
  pause: { project: 'shop' },
  resume: { project: 'shop' },
  approve: { fix: FIX, tree: TREE, target: 'production', policyVersion: 1 },
  reject: { fix: FIX, why: 'no' },
  rollback: { release: 1, why: 'no' },
  level: { project: 'shop', level: 1, policyVersion: 1 },
  policy: { project: 'shop', policy: {}, capPerDay: 1, policyVersion: 1 },
  settings: { project: 'shop', settings: { repository: '/r', app: 'a' }, seen: '0'.repeat(32) },
  project: { slug: 'further', name: 'Further', settings: { repository: '/r', app: 'a' } },
  connect: { project: 'shop', what: 'forget' },
  link: { slackId: 'U0ADA' },
  invite: { email: 'a@b.example', role: 'viewer', projects: [] },
  uninvite: { invitation: 1 },
  role: { person: 1, role: 'viewer', projects: [] },
  remove: { person: 1 },
}

let db: FreshDatabase
let desk: Desk
const people = new Map<string, Who>()

beforeAll(async () => {
  db = await freshDatabase()
  await projectWithLease(db.sql)
  await registerProject(db.sql, { slug: 'other', name: 'Other', settings: { repository: '/srv/o.git', app: 'o' } })
  desk = await openDesk(db.sql, db.admin)
  for (const [role, member] of STANDINGS) {
    const [row] = await db.admin<{ id: number }[]>`
      insert into nightshift.people (name, role, password_hash) select ${`${role} ${member}`}, ${role}, password_hash
      from nightshift.people where id = ${desk.people.owner.person} returning id`
    // Whoever is no member here is one of the other project.
    const of = member ? 'shop' : 'other'
    await db.admin`insert into nightshift.members select id, ${row!.id} from nightshift.projects where slug = ${of}`
    people.set(`${role} ${member}`, { person: row!.id, name: role, role: role as Role, via: 'page' })
  }
})
afterAll(async () => {
  desk.close()
  await db.drop()
})

/** What each may do, written down once more. */
function expected(role: Standing, member: boolean, verb: VerbName): 'let through' | 403 | 404 {
  if (role === 'owner') return 'let through'
  if (role !== 'operator' || !DECIDES.includes(verb)) return 403
  return member ? 'let through' : 404
}

describe.each(STANDINGS)('%s, member: %s', (role, member) => {
  const who = () => people.get(`${role} ${member}`)!

  test.each(Object.keys(VERBS) as VerbName[])('%s', async (name) => {
    // Let through is seen, and nothing is done.
    let ran = false
    const run = async () => {
      ran = true
      return {}
    }
    const verb = { ...(VERBS[name] as Verb<unknown>), run }
    const order = { key: `key-${role}-${member}-${name}`, body: BODIES[name], password: PASSWORD }
    const { status } = await act(desk.control, who(), name, verb, order)
    const wanted = expected(role, member, name)
    expect([status, ran]).toEqual(wanted === 'let through' ? [200, true] : [wanted, false])
  })

  test('the database says the same to whoever gets past the door', async () => {
    const { person } = who()
    const calls = [
      () => db.sql`select * from resume(1, ${person}, 'page')`,
      () => db.sql`select * from approve(${FIX}, 'another tree', 'production', 1, ${person}, 'page', '1 hour')`,
      () => db.sql`select * from reject(${FIX}, ${person}, 'page', 'no')`,
      () => db.sql`select * from order_rollback(1, ${person}, 'page', 'no')`,
    ]
    const may = role === 'owner' || (role === 'operator' && member)
    // Of those that change what the others are about, whoever may is tried on the first two alone.
    for (const [at, call] of calls.slice(0, may ? 2 : 4).entries())
      expect([at, (await call())[0]?.reason === 'this person may not decide']).toEqual([at, !may])
    const owners = [
      await db.sql`select * from set_level(1, 2, ${person}, 'page', 1, 0)`,
      await db.sql`select * from set_policy(1, (select policy from projects where id = 1), 10, ${person}, 'page', 99)`,
      await db.sql`select * from invite('c@d.example', 'owner', '{}', ${person}, 'page')`,
      await db.sql`select * from uninvite(99, ${person}, 'page')`,
      await db.sql`select * from set_person(99, 'owner', '{}', ${person}, 'page')`,
      await db.sql`select * from remove_person(99, ${person}, 'page')`,
    ]
    for (const [row] of owners) expect(row?.reason === 'only an owner may change this').toBe(role !== 'owner')
  })
})

test('an approval ends with its giver’s membership', async () => {
  const operator = people.get('operator true')!
  expect(
    await db.sql`select * from approve(${FIX}, ${TREE}, 'staging', 1, ${operator.person}, 'page', '1 hour')`,
  ).toMatchObject([{ answer: 'done' }])
  const problem = async () =>
    (
      await db.admin<{ why: string | null }[]>`
      select nightshift.approval_problem(a, f, pr, 'release:1', 'k', 'push', 'staging') as why
      from nightshift.approvals a join nightshift.fixes f on f.id = a.fix join nightshift.projects pr on pr.id = a.project
      where a.person = ${operator.person}`
    )[0]?.why
  expect(await problem()).toBeNull()
  await db.admin`delete from nightshift.members where person = ${operator.person}`
  expect(await problem()).toBe('the approver may not approve any more')
})

test('every verb names a project, or is an owner’s', () => {
  for (const [name, verb] of Object.entries(VERBS)) if (verb.roles.length > 1) expect(DECIDES).toContain(name)
})
