import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { Settings } from '../../lib/domain/project.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { project as projectById, projects } from '../../lib/store/projects.ts'
import { settingsOf } from '../../lib/store/settings.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, projectWithLease, TREE } from '../store/fixture.ts'
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

const BASE = { repository: '/srv/shop.git', branches: { production: 'main', staging: 'staging' }, app: 'shop' }
const set = async (settings: object, more: { who?: keyof Desk['people']; seen?: string; password?: string } = {}) => {
  const seen = more.seen ?? (await settingsOf(db.sql, 1)).seen
  const { who = 'owner', password = PASSWORD } = more
  return desk.decide(desk.people[who], 'settings', { project: 'shop', settings, seen }, password ? { password } : {})
}
const approve = () =>
  db.sql`select * from approve(${FIX}, ${TREE}, 'production', 1, ${desk.people.owner.person}, 'page', interval '1 hour')`
const live = () => db.sql`select 1 from approvals where revoked_at is null`

test('an owner changes them with the password; the audit has both sides and the policy stays', async () => {
  expect(await set(BASE, { password: '' })).toMatchObject({ status: 428 })
  const notify = { slackChannel: 'C0SHOP01', emailTo: ['ada@example.com'] }
  expect(await set({ ...BASE, notify })).toMatchObject({ status: 200, body: { state: 'settings', answer: 'done' } })
  expect(await set({ ...BASE, notify })).toMatchObject({ body: { answer: 'already' } })
  expect(await projectById(db.sql, 1)).toMatchObject({ settings: { ...BASE, notify }, policyVersion: 1 })
  expect((await auditOf(db.sql, 1, 1))[0]).toMatchObject({
    ...{ what: 'control.settings', actor: 'Ada the owner' },
    body: { via: 'page', settings: { notify }, was: BASE },
  })
  expect((await verifyAudit(db.sql, 1)).problems).toEqual([])
  expect(desk.rings).toEqual(expect.arrayContaining(['watcher', 'releaser']))
})

test('nobody else may, also past the verb', async () => {
  for (const who of ['operator', 'viewer'] as const) expect(await set(BASE, { who })).toMatchObject({ status: 403 })
  const { seen } = await settingsOf(db.sql, 1)
  const past = db.sql`select * from set_settings(1, '{}', ${seen}, ${desk.people.operator.person}, 'cli')`
  expect(await past).toMatchObject([{ answer: 'refused', reason: 'only an owner may change this' }])
  await expect(db.sql`update projects set settings = '{}'`).rejects.toThrow(/permission denied/)
})

test('what somebody else changed meanwhile is not overwritten', async () => {
  const { seen } = await settingsOf(db.sql, 1)
  await set({ ...BASE, notify: { slackChannel: 'C0SHOP02' } })
  expect(await set(BASE, { seen })).toMatchObject({
    ...{ status: 409, body: { detail: 'the settings changed since this was shown' } },
  })
})

test.each([
  ['a token', { repository: 'https://x:ghp_0123456789abcdefghij@github.com/a/b' }, 'repository: is a credential'],
  ['a password', { repository: 'https://ada:hunter2@example.com/b.git' }, 'repository: is a credential'],
  ['a key', { app: 'sk-0123456789abcdefghijklmn' }, 'app: is a credential'],
  ['nothing', { repository: ' ' }, 'repository: is empty'],
  ['one branch for both', { branches: { production: 'main', staging: 'main' } }, 'branches.staging: is the production'],
  ['a pattern for a branch', { branches: { production: '*', staging: 'staging' } }, 'branches.production: is no name'],
  ['an option for a branch', { branches: { production: 'main', staging: '--mirror' } }, 'branches.staging: is no name'],
  [
    'a whole refspec',
    { branches: { production: 'main:other', staging: 'staging' } },
    'branches.production: is no name',
  ],
  ['no branch', { branches: { production: '', staging: 'staging' } }, 'branches.production: is no name'],
  [
    'a branch of ours',
    { branches: { production: 'main', staging: 'agent/fix-1' } },
    'branches.staging: is a name of ours',
  ],
  ['a number for a name', { app: 7 }, 'app: '],
  ['a password in a group', { sentry: { project: 'ghp_0123456789abcdefghij' } }, 'sentry.project: is a credential'],
  [
    'a Vercel project that leads elsewhere',
    { vercel: { project: '../x', domain: 'a.b', staging: { domain: 's.b' } } },
    'vercel.project',
  ],
  ['a channel’s name', { notify: { slackChannel: '#general' } }, 'notify.slackChannel: is the id of a channel'],
  ['half of a group', { vercel: { project: 'prj_1' } }, 'vercel.domain'],
  ['what nobody knows', { token: 'x' }, 'token'],
])('%s is refused in words', async (_what, wrong, said) => {
  const answer = await set({ ...BASE, ...wrong })
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining(said) } })
  expect(JSON.stringify(answer)).not.toMatch(/hunter2|ghp_/)
})

test('where it goes to changes only while nothing is on its way there, and voids what was approved', async () => {
  const moved = { ...BASE, app: 'elsewhere' }
  await set(BASE)
  await approve()
  expect(await set(moved)).toMatchObject({ body: { detail: expect.stringContaining('a release is on its way') } })
  // Whom it tells is another matter.
  expect(await set({ ...BASE, notify: { slackChannel: 'C0SHOP03' } })).toMatchObject({ body: { answer: 'done' } })
  expect(await live()).toHaveLength(1)
  await db.admin`update nightshift.releases set state = 'held'`
  await db.admin`
    insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, deadline, audit_seq)
    values (1, 'k', 's', 'promote', 'change', 'production', 'd', '{}', now() + interval '1 minute', 1)`
  expect(await set(moved)).toMatchObject({ body: { detail: expect.stringContaining('a call is under way') } })
  await db.admin`delete from nightshift.effects`
  expect(await set(moved)).toMatchObject({ body: { answer: 'done' } })
  expect(await live()).toHaveLength(0)
})

test('a further project begins at level 1, once, with a DSN of its own', async () => {
  const add = (slug: string, who: keyof Desk['people'] = 'owner', settings: object = Settings.parse(BASE)) =>
    desk.decide(desk.people[who], 'project', { slug, name: 'Blog', settings }, { password: PASSWORD })
  expect(await add('blog', 'operator')).toMatchObject({ status: 403 })
  expect(await add('Blog!')).toMatchObject({ status: 400, body: { detail: expect.stringContaining('slug: is lower') } })
  expect(await add('blog')).toMatchObject({ status: 200, body: { state: 'project', project: 'blog' } })
  expect(await add('blog')).toMatchObject({ status: 409, body: { detail: 'there is a project called blog already' } })
  const [, blog] = await projects(db.sql)
  expect(blog).toMatchObject({ slug: 'blog', level: 1, ingestNo: 2 })
  const [first, second] = [await settingsOf(db.sql, 1), await settingsOf(db.sql, blog!.id)]
  expect(second.ingestKey).toMatch(/^[0-9a-f]{32}$/)
  expect(second.ingestKey).not.toBe(first.ingestKey)
  expect((await auditOf(db.sql, blog!.id, 1))[0]).toMatchObject({ what: 'control.registered', actor: 'Ada the owner' })
})
