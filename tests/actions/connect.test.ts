import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { gitFindings } from '../../lib/adapters/git/findings.ts'
import { farOf, type Keeping } from '../../lib/adapters/git/logins.ts'
import { gitAddress } from '../../lib/domain/gitAddress.ts'
import type { Project } from '../../lib/domain/project.ts'
import { type SealingKey, sealedBy, sealingKey, unseal } from '../../lib/domain/sealed.ts'
import { fingerprint, hostKey } from '../../lib/domain/sshKey.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { gitHosts, gitLogins } from '../../lib/store/gitLogins.ts'
import { projectBySlug } from '../../lib/store/projects.ts'
import type { CodeReader } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from '../store/fixture.ts'
import { type Desk, openDesk, PASSWORD, SEALING } from './desk.ts'

const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf'
const TOKEN = 'a-token-of-forty-letters-nobody-may-read'

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

async function at(repository: string): Promise<Project> {
  await db.admin`update nightshift.projects set settings = settings || ${db.admin.json({ repository })}`
  return (await projectBySlug(db.sql, 'shop'))!
}
const connect = (body: object, who: keyof Desk['people'] = 'owner') =>
  desk.decide(desk.people[who], 'connect', { project: 'shop', ...body }, { password: PASSWORD })
const keeping = (sealing: SealingKey[] = [SEALING], token: Keeping['git']['token'] = null): Keeping => ({
  ...{ sql: db.sql, sealing, git: { token, cafile: null, proxy: null } },
})
const loginOf = (project: Project, use: 'read' | 'write', kept = keeping()) =>
  farOf(kept, use).login(project, gitAddress(project.settings.repository)!)
const nobody = { head: async () => null } as unknown as CodeReader
const notOk = async (project: Project, kept = keeping()) =>
  (await gitFindings(kept, project, nobody)).filter(({ state }) => state !== 'ok').map(({ name }) => name)

test('a key is made once, shown, sealed to its row, and another takes its place only when asked', async () => {
  const project = await at('ssh://git@git.example.com:2222/a/shop.git')
  expect(await connect({ what: 'key' })).toMatchObject({ status: 200, body: { answer: 'done' } })
  const first = (await connect({ what: 'key' })).body as { publicKey: string; answer: string }
  expect(first).toMatchObject({
    answer: 'already',
    publicKey: expect.stringMatching(/^ssh-ed25519 \S+ nightshift-shop-write$/),
  })
  const [kept] = await gitLogins(db.sql, 1)
  expect(kept).toMatchObject({ use: 'write', kind: 'key', host: 'git.example.com:2222', publicKey: first.publicKey })
  expect(kept!.sealed).toMatch(new RegExp(`^v1\\.${SEALING.kid}\\.[\\w-]{16}\\.[\\w-]{22}\\.[\\w-]+$`))
  expect(unseal([SEALING], 'another row', kept!.sealed)).toBeNull()
  expect(await loginOf(project, 'write')).toMatchObject({
    kind: 'key',
    seed: unseal([SEALING], kept!.id, kept!.sealed),
  })
  const second = (await connect({ what: 'key', fresh: true })).body as { publicKey: string }
  expect(second.publicKey).not.toBe(first.publicKey)
  const rows = await db.admin<{ sealed: string }[]>`select sealed from nightshift.git_logins where ended_at is not null`
  expect(rows.map(({ sealed }) => sealedBy(sealed))).toEqual(['00000000'])
  const read = (await connect({ what: 'key', use: 'read' })).body as { publicKey: string }
  expect(read.publicKey).toContain('nightshift-shop-read')
  expect(await loginOf(project, 'read')).not.toEqual(await loginOf(project, 'write'))
})

test('a host is trusted by an owner, and the audit says with which key', async () => {
  await at('git@git.example.com:a/shop.git')
  expect(await connect({ what: 'trust', key: HOST_KEY })).toMatchObject({
    body: { answer: 'done', host: 'git.example.com' },
  })
  expect(await connect({ what: 'trust', key: HOST_KEY })).toMatchObject({ body: { answer: 'already' } })
  const { fingerprint: print } = hostKey(HOST_KEY)!
  expect(print).toBe(fingerprint(Buffer.from(HOST_KEY.split(' ')[1]!, 'base64')))
  expect(await gitHosts(db.sql, 1)).toEqual([{ host: 'git.example.com', key: HOST_KEY, fingerprint: print }])
  expect((await auditOf(db.sql, 1, 1))[0]).toMatchObject({ what: 'control.git-host', body: { fingerprint: print } })
  expect(await connect({ what: 'trust', key: 'ssh-ed25519 nonsense' })).toMatchObject({ status: 400 })
})

test('a token is kept for its host, and nobody reads it back', async () => {
  const project = await at('https://git.example.com/a/shop.git')
  const told = await connect({ what: 'token', token: TOKEN })
  expect(told).toMatchObject({ status: 200, body: { host: 'git.example.com', user: 'oauth2' } })
  expect(JSON.stringify(told)).not.toContain(TOKEN)
  const everything = JSON.stringify([await db.admin`select * from nightshift.git_logins`, await auditOf(db.sql, 1, 50)])
  expect(everything).not.toContain(TOKEN)
  expect(await db.admin`select body from nightshift.requests`.catch(() => [])).not.toContain(TOKEN)
  expect(await loginOf(project, 'write')).toEqual({
    kind: 'token',
    host: 'git.example.com',
    user: 'oauth2',
    token: TOKEN,
  })
})

test('a new encryption key seals what is used, and the old one can go', async () => {
  const project = await at('https://git.example.com/a/shop.git')
  const next = sealingKey('7a'.repeat(32))!
  await expect(loginOf(project, 'write', keeping([next]))).rejects.toMatchObject({ code: 'CREDENTIAL_SEALED' })
  expect(await notOk(project, keeping([next]))).toContain('token')
  expect(await notOk(project, keeping([next, SEALING]))).toContain('encryption')
  expect(await loginOf(project, 'write', keeping([next, SEALING]))).toMatchObject({ token: TOKEN })
  expect(await loginOf(project, 'write', keeping([next]))).toMatchObject({ token: TOKEN })
})

test('what was given is taken away, and without it the server’s token is for its host alone', async () => {
  const project = await at('https://git.example.com/a/shop.git')
  for (const use of ['write', 'read']) await connect({ what: 'forget', use })
  expect(await connect({ what: 'forget' })).toMatchObject({ body: { answer: 'already' } })
  expect(await loginOf(project, 'write')).toEqual({ kind: 'none' })
  const token = { host: 'git.example.com', user: 'u', write: 'w', read: 'r' }
  expect(await loginOf(project, 'read', keeping([], token))).toMatchObject({ token: 'r' })
  expect(await loginOf(project, 'write', keeping([], token))).toMatchObject({ token: 'w' })
  expect(await loginOf(project, 'write', keeping([], { ...token, host: 'elsewhere.example' }))).toEqual({
    kind: 'none',
  })
  expect(await notOk(project, keeping([], { ...token, host: 'elsewhere.example' }))).toContain('token')
})

test('only an owner may, with the password, and only what fits the address', async () => {
  for (const who of ['operator', 'viewer'] as const)
    expect(await connect({ what: 'token', token: TOKEN }, who)).toMatchObject({ status: 403 })
  expect(await desk.decide(desk.people.owner, 'connect', { project: 'shop', what: 'key' })).toMatchObject({
    status: 428,
  })
  expect(await connect({ what: 'key' })).toMatchObject({ status: 409 })
  expect(await connect({ what: 'token', token: 'with a space in it' })).toMatchObject({ status: 400 })
  desk.control.sealing = []
  expect(await connect({ what: 'token', token: TOKEN })).toMatchObject({ body: { code: 'CREDENTIAL_SEALED' } })
  desk.control.sealing = [SEALING]
})

test('the application cannot write past the functions, and the audit holds', async () => {
  await expect(db.sql`update git_logins set host = 'evil.example'`).rejects.toThrow(/permission denied/)
  await expect(db.sql`update git_hosts set key = 'x'`).rejects.toThrow(/permission denied/)
  await expect(
    db.sql`select * from trust_git_host(1, 'h', ${HOST_KEY}, ${hostKey(HOST_KEY)!.fingerprint}, ${desk.people.operator.person}, 'cli')`,
  ).resolves.toMatchObject([{ answer: 'refused' }])
  expect((await verifyAudit(db.sql, 1)).problems).toEqual([])
})
