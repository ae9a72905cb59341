import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Who } from '../../lib/domain/person.ts'
import { Settings } from '../../lib/domain/project.ts'
import { seal, sealedBy, sealingKey, unseal } from '../../lib/domain/sealed.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { connection, noteConnection } from '../../lib/store/connections.ts'
import * as git from '../../lib/store/gitLogins.ts'
import { addProject, setSettings, settingsOf } from '../../lib/store/settings.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, projectWithLease, TREE } from './fixture.ts'

/** What the database itself holds to about where a project's code and app are, whoever calls it. */
const KEY = sealingKey('5e'.repeat(32))!
const PRINT = `SHA256:${'a'.repeat(43)}`
const BASE = Settings.parse({ repository: '/srv/shop.git', app: 'shop' })

let db: FreshDatabase
let blog: number
let owner: Who
let other: Who
beforeAll(async () => {
  db = await freshDatabase()
  await projectWithLease(db.sql)
  const settings = { repository: '/srv/blog.git', app: 'blog' }
  blog = (await registerProject(db.sql, { slug: 'blog', name: 'Blog', settings })).id
  ;[owner, other] = [await somebody('owner'), await somebody('operator')]
  await db.admin`insert into nightshift.members select id, ${other.person} from nightshift.projects`
})
afterAll(async () => {
  for (const project of [1, blog]) expect((await verifyAudit(db.sql, project)).problems).toEqual([])
  await db.drop()
})
async function somebody(role: 'owner' | 'operator'): Promise<Who> {
  const [row] = await db.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash) values (${role}, ${role}, 'x') returning id`
  return { person: row!.id, name: role, role, via: 'cli' }
}

const refused = (reason: string) => ({ answer: 'refused', reason })
const NOT_OWNER = refused('only an owner may change this')
const NO_PROJECT = refused('unknown project')
const DONE = expect.objectContaining({ answer: 'done' })
const ALREADY = expect.objectContaining({ answer: 'already' })

async function give(project: number, use: 'read' | 'write', who = owner) {
  const id = randomUUID()
  const login = { id, use, kind: 'token' as const, host: 'git.example.com', username: 'u', publicKey: null }
  return [
    id,
    await git.giveGitLogin(db.sql, who, project, { ...login, sealed: seal(KEY, id, `token of ${id}`) }),
  ] as const
}
const live = async (project: number) => (await git.gitLogins(db.sql, project)).map(({ use, id }) => [use, id])
const sealedOf = async (id: string) =>
  (await db.admin<{ sealed: string }[]>`select sealed from nightshift.git_logins where id = ${id}`)[0]!.sealed

test('a login ends the one of its use and project alone, and what it held is gone', async () => {
  const [blogs] = await give(blog, 'write')
  const [read] = await give(1, 'read')
  const [first] = await give(1, 'write')
  const [second] = await give(1, 'write')
  expect(await live(1)).toEqual([
    ['read', read],
    ['write', second],
  ])
  expect(await live(blog)).toEqual([['write', blogs]])
  expect([sealedBy(await sealedOf(first)), unseal([KEY], first, await sealedOf(first))]).toEqual(['00000000', null])
  expect(await git.endGitLogin(db.sql, owner, 1, 'write')).toEqual(DONE)
  expect(await git.endGitLogin(db.sql, owner, 1, 'write')).toEqual(ALREADY)
  expect([await live(1), await live(blog)]).toEqual([[['read', read]], [['write', blogs]]])
  expect(sealedBy(await sealedOf(second))).toBe('00000000')
  expect(unseal([KEY], read, await sealedOf(read))).toBe(`token of ${read}`)
})

test('logins are given and taken by owners, of projects that are there', async () => {
  expect((await give(1, 'write', other))[1]).toEqual(NOT_OWNER)
  expect((await give(999, 'write'))[1]).toEqual(NO_PROJECT)
  const before = await live(1)
  expect(await git.endGitLogin(db.sql, other, 1, 'read')).toEqual(NOT_OWNER)
  expect(await git.endGitLogin(db.sql, owner, 999, 'read')).toEqual(NO_PROJECT)
  expect(await live(1)).toEqual(before)
})

test('a secret is sealed anew only as it was read, and never once it has ended', async () => {
  const [id] = await give(1, 'write')
  const was = await sealedOf(id)
  const mine = seal(KEY, id, `token of ${id}`)
  await git.resealGitLogin(db.sql, id, 'v1.what.was.not.there', mine)
  expect(await sealedOf(id)).toBe(was)
  await git.resealGitLogin(db.sql, id, was, mine)
  expect(await sealedOf(id)).toBe(mine)
  await git.endGitLogin(db.sql, owner, 1, 'write')
  const ended = await sealedOf(id)
  await git.resealGitLogin(db.sql, id, ended, mine)
  expect(await sealedOf(id)).toBe(ended)
})

test('a host’s key is trusted for one project, by an owner, and the audit says in whose place', async () => {
  const trust = (project: number, key: string, who = owner) =>
    git.trustGitHost(db.sql, who, project, { host: 'git.example.com', key, fingerprint: PRINT })
  expect(await trust(1, 'k1', other)).toEqual(NOT_OWNER)
  expect(await trust(999, 'k1')).toEqual(NO_PROJECT)
  expect([await trust(1, 'k1'), await trust(1, 'k1'), await trust(blog, 'k1')]).toEqual([DONE, ALREADY, DONE])
  expect(await trust(1, 'k2')).toEqual(DONE)
  expect((await git.gitHosts(db.sql, 1)).map(({ key }) => key)).toEqual(['k2'])
  expect((await git.gitHosts(db.sql, blog)).map(({ key }) => key)).toEqual(['k1'])
  expect((await auditOf(db.sql, 1, 1))[0]).toMatchObject({ what: 'control.git-host', body: { was: PRINT } })
  await expect(git.trustGitHost(db.sql, owner, 1, { host: 'h', key: 'k', fingerprint: 'MD5:aa:bb' })).rejects.toThrow(
    /fingerprint/,
  )
})

const set = async (sett: Settings, { project = 1, who = owner, seen = '' } = {}) =>
  setSettings(db.sql, who, project, sett, seen || (await settingsOf(db.sql, project)).seen)

test('settings are an object of a project that is there, seen as they are, by an owner', async () => {
  expect(await set(BASE, { project: 999, seen: 'x'.repeat(32) })).toEqual(NO_PROJECT)
  expect(await set(BASE, { who: other })).toEqual(NOT_OWNER)
  for (const none of ['text', 7, null, [BASE]])
    expect(await set(none as unknown as Settings)).toEqual(refused('these are no settings'))
  expect(await set(BASE, { seen: '0'.repeat(32) })).toEqual(refused('the settings changed since this was shown'))
  await set(BASE)
  expect(await set(BASE)).toEqual(ALREADY)
})

test('whom it tells changes during a call and a release, where it goes does not, and a notice is in nobody’s way', async () => {
  await set(BASE)
  await db.admin`update nightshift.releases set state = 'held'`
  const call = (kind: string, cls: string) => db.admin`
    insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, deadline, audit_seq)
    values (1, ${kind}, 's', ${kind}, ${cls}, 'production', 'd', '{}', now() + interval '1 minute', 1)`
  await call('promote', 'change')
  const told = Settings.parse({ ...BASE, notify: { slackChannel: 'C0SHOP01' }, sentry: { project: 'shop' } })
  expect(await set(told)).toEqual(DONE)
  const moved = { ...told, app: 'elsewhere' }
  expect(await set(moved)).toMatchObject({ answer: 'refused', reason: expect.stringContaining('a call is under way') })
  await db.admin`delete from nightshift.effects`
  await call('tell', 'tell')
  expect(await set(moved)).toEqual(DONE)
  await db.admin`delete from nightshift.effects`
})

test('what was approved is void once it would go elsewhere: here, and in no other project', async () => {
  await set(BASE)
  const approve = () =>
    db.sql`select * from approve(${FIX}, ${TREE}, 'production', 1, ${owner.person}, 'cli', interval '1 hour')`
  expect(await approve()).toMatchObject([DONE])
  await db.admin`
    insert into nightshift.approvals (project, fix, base, tree, target, policy_version, person, expires_at)
    select ${blog}, fix, base, tree, 'staging', 1, person, expires_at from nightshift.approvals`
  const open = async () =>
    (await db.sql`select project from approvals where revoked_at is null order by project`).map(
      ({ project }) => project,
    )
  await set(Settings.parse({ ...BASE, sentry: { project: 'other' } }))
  expect(await open()).toEqual([1, blog])
  await set({ ...BASE, repository: '/srv/moved.git' })
  expect(await open()).toEqual([blog])
})

test('a project is added by an owner, and a connection noted by one', async () => {
  const add = (who: Who) => addProject(db.sql, who, { slug: 'third', name: 'Third', settings: BASE })
  expect(await add(other)).toEqual(NOT_OWNER)
  expect([await add(owner), await add(owner)]).toEqual([DONE, refused('there is a project called third already')])
  expect(await noteConnection(db.sql, other, 'vercel', { drain: 'x' })).toEqual(NOT_OWNER)
  expect(await noteConnection(db.sql, owner, 'vercel', { drain: 'x' })).toEqual(DONE)
  expect(await noteConnection(db.sql, owner, 'vercel', { verify: 'y' })).toEqual(DONE)
  expect(await connection(db.sql, 'vercel')).toEqual({ drain: 'x', verify: 'y' })
})
