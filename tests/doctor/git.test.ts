import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { gitFindings } from '../../lib/adapters/git/findings.ts'
import type { Keeping } from '../../lib/adapters/git/logins.ts'
import type { LoginUse } from '../../lib/domain/gitLogin.ts'
import { seal, sealingKey } from '../../lib/domain/sealed.ts'
import { fingerprint, newSeed, publicLine } from '../../lib/domain/sshKey.ts'
import { Fault } from '../../lib/errors.ts'
import type { CodeReader } from '../../lib/world.ts'
import { projectAt } from '../contracts/projectAt.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

/** What is said of how a repository is reached: each finding, and what it tells people to do. */
const [KEY, OLDER, LOST] = ['5e', '7a', '9b'].map((byte) => sealingKey(byte.repeat(32))!) as [Key, Key, Key]
type Key = NonNullable<ReturnType<typeof sealingKey>>
const SHA = 'a'.repeat(40)
const HTTPS = 'https://git.example.com/a/shop.git'
const SSH = 'git@git.example.com:a/shop.git'
const WELL = 'ok repository: main is at aaaaaaaaaaaa'

let db: FreshDatabase
let owner: number
beforeAll(async () => {
  db = await freshDatabase()
  await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings: { repository: HTTPS, app: 'shop' } })
  const [row] = await db.admin<{ id: number }[]>`
    insert into nightshift.people (name, role, password_hash) values ('Ada', 'owner', 'x') returning id`
  owner = row!.id
})
afterAll(() => db.drop())
beforeEach(() => db.admin`delete from nightshift.git_logins`.then(() => db.admin`delete from nightshift.git_hosts`))

const at = (main: string | null | Error) =>
  ({ head: async () => (main instanceof Error ? Promise.reject(main) : main) }) as unknown as CodeReader
interface Asked {
  main?: string | null | Error
  token?: Keeping['git']['token']
  sealing?: Key[]
  ssh?: boolean
}
async function said(repository: string, { main = SHA, token = null, sealing = [KEY], ssh = true }: Asked = {}) {
  const keeping = { sql: db.sql, sealing, git: { token, cafile: null, proxy: null } }
  const found = await gitFindings(keeping, projectAt(repository), at(main), () => ssh)
  return found.map(({ state, name, detail }) => `${state} ${name}: ${detail}`)
}
async function give(kind: 'token' | 'key', use: LoginUse = 'write', { key = KEY, host = 'git.example.com' } = {}) {
  const id = randomUUID()
  await db.admin`
    insert into nightshift.git_logins (id, project, use, kind, host, username, sealed, made_by)
    values (${id}, 1, ${use}, ${kind}, ${host}, 'u', ${seal(key, id, 'a secret')}, ${owner})`
}
async function trust(host = 'git.example.com') {
  const line = publicLine(newSeed(), 'h').split(' ').slice(0, 2).join(' ')
  const print = fingerprint(Buffer.from(line.split(' ')[1]!, 'base64'))
  await db.admin`
    insert into nightshift.git_hosts (project, host, key, fingerprint, trusted_by) values (1, ${host}, ${line}, ${print}, ${owner})`
}

test('an address that is none is all there is to say', async () => {
  for (const none of ['', 'shop', 'http://git.example.com/a', 'ext::sh -c x', '--upload-pack=x', 'https://u:p@h/a'])
    expect(await said(none)).toEqual(['fails address: it is no absolute path, https://…, ssh://… or git@host:path'])
})

test('a repository on this disk takes nothing but its branch', async () => {
  expect(await said('/srv/shop.git')).toEqual([WELL])
  expect(await said('/srv/shop.git', { main: null })).toEqual(['fails repository: it has no branch main'])
})

test('HTTPS without a token says where one comes from, and for which host', async () => {
  const none = 'fails token: there is none for git.example.com: nightshift connect token, or GIT_TOKEN and GIT_HOST'
  expect(await said(HTTPS)).toEqual([none, WELL])
  const token = { host: 'git.example.com', user: 'u', write: 'w', read: 'r' }
  expect(await said(HTTPS, { token })).toEqual([WELL])
  expect(await said(HTTPS, { token: { ...token, host: 'elsewhere.example' } })).toEqual([none, WELL])
  // Another port is another host.
  expect(await said('https://git.example.com:8443/a.git', { token })).toContainEqual(
    expect.stringContaining('there is none for git.example.com:8443'),
  )
  expect(await said(HTTPS, { token: { ...token, read: null } })).toEqual([
    'note token: what only reads holds the token that may push: GIT_READ_TOKEN',
    WELL,
  ])
})

test('SSH without a key, a trusted host or the program says each', async () => {
  expect(await said(SSH, { ssh: false, main: new Fault('GIT_PROGRAM_MISSING', 'ssh: x') })).toEqual([
    'fails program: there is no ssh: install openssh-client, or give an address with https://',
    'fails host key: nobody trusted git.example.com yet: nightshift connect trust',
    'fails key: none was made: nightshift connect key',
    expect.stringMatching(/^fails repository: /),
  ])
  await trust()
  await give('key')
  await give('key', 'read')
  expect(await said(SSH)).toEqual([WELL])
  expect(await said('git@git.example.com.evil.example:a/shop.git')).toEqual([
    'fails host key: nobody trusted git.example.com.evil.example yet: nightshift connect trust',
    ...Array(2).fill('fails key: it is for git.example.com, and the repository is at git.example.com.evil.example'),
    WELL,
  ])
})

test('a large host’s published key needs nobody’s trust', async () => {
  await give('key', 'write', { host: 'gitlab.com' })
  await give('key', 'read', { host: 'gitlab.com' })
  expect(await said('git@gitlab.com:a/shop.git')).toEqual([WELL])
})

test('one login for both uses is noted, with the command that parts them', async () => {
  await give('token')
  expect(await said(HTTPS)).toEqual([
    'note token: what only reads holds the token that may push: nightshift connect token --read',
    WELL,
  ])
  await give('token', 'read')
  expect(await said(HTTPS)).toEqual([WELL])
})

test('what an older key sealed is noted, and what none opens fails and names the key', async () => {
  await give('token', 'write', { key: OLDER })
  await give('token', 'read')
  expect(await said(HTTPS, { sealing: [KEY, OLDER] })).toEqual([
    'note encryption: an older key sealed it: keep that key until it was used once more',
    WELL,
  ])
  expect(await said(HTTPS, { sealing: [KEY, LOST] })).toEqual([
    `fails token: it cannot be opened: ENCRYPTION_KEY does not hold ${OLDER.kid}`,
    WELL,
  ])
  expect((await said(HTTPS, { sealing: [] })).filter((one) => one.includes('cannot be opened'))).toHaveLength(2)
})

test('what was given for another host fails, and says for which', async () => {
  await give('token', 'write', { host: 'old.example.com' })
  expect(await said(HTTPS)).toContainEqual(
    'fails token: it is for old.example.com, and the repository is at git.example.com',
  )
})

test('a host that does not answer is said in the words of the catalogue', async () => {
  const [reached] = await said('/srv/shop.git', { main: new Fault('GIT_UNREACHABLE', 'git.example.com: timed out') })
  expect(reached).toMatch(/^fails repository: .*git\.example\.com: timed out/)
})
