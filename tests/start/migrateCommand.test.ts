import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { exactly } from '../../cli/env.ts'
import { makeHome } from '../../cli/home.ts'
import { adminAddress } from '../../cli/migrate/address.ts'
import { APP_ROLE, asLogin } from '../../cli/migrate.ts'
import { startPostgres } from '../../cli/postgres.ts'
import { scramOf } from '../../cli/scram.ts'
import { startPooler } from '../../cli/stack/pooler.ts'
import { connect, roleProblem } from '../../lib/store/database.ts'
import { whosePassword } from '../../lib/store/password.ts'
import { owner } from '../../lib/store/people.ts'
import { ROOT } from '../architecture/imports.ts'
import { COMPILED } from '../setup/compiled.ts'
import { type Dressed, dressedDatabase } from '../setup/dress.ts'

let db: Dressed
let home: string | null = null
/** A state folder for a PostgreSQL of a test's own: roles are the whole server's. */
async function aHome(): Promise<string> {
  home = await mkdtemp(join(tmpdir(), 'ns-migrate-'))
  await makeHome(home)
  return home
}
beforeEach(async () => {
  db = await dressedDatabase()
})
afterEach(async () => {
  await db.drop()
  if (home) await rm(home, { recursive: true, force: true })
  home = null
})

/** The role is the whole server's, and other tests log in as it meanwhile: its password is only ever set to what it is. */
const password = inject('cluster').appPassword
const kept = async () =>
  (await db.superuser<{ kept: string }[]>`select rolpassword as kept from pg_authid where rolname = ${APP_ROLE}`)[0]!
    .kept

/** Whether this is what the owner signs in with; null: it is not. */
async function ownersPassword(tried: string): Promise<string | null> {
  const sql = connect(appUrl(), 1)
  try {
    return (await whosePassword(() => owner(sql), tried)) ? tried : null
  } finally {
    await sql.end()
  }
}

interface Ran {
  code: number
  out: string
  err: string
}
const migrate = (env: Record<string, string>, argv: string[] = []): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, env: exactly({ PATH: process.env.PATH ?? '', ...COMPILED, ...env }) }
    execFile(process.execPath, ['cli/nightshift.ts', 'migrate', ...argv], options, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

const appUrl = () => asLogin(db.adminUrl, APP_ROLE, password)

async function logsIn(password: string): Promise<string | null> {
  const sql = connect(asLogin(db.adminUrl, APP_ROLE, password), 1)
  try {
    return await roleProblem(sql)
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await sql.end({ timeout: 1 })
  }
}

test('an empty database is set up; repeating it changes nothing but what is new', async () => {
  const before = await kept()
  const both = { DATABASE_ADMIN_URL: db.adminUrl, DATABASE_URL: appUrl() }
  const first = await migrate(both, ['--json'])
  const answer = JSON.parse(first.out)
  expect(answer).toMatchObject({
    password: 'set',
    sql: 'postgres',
    owner: 'made',
    ownerPassword: expect.stringMatching(/^.{20}$/),
  })
  expect(answer.applied.length).toBeGreaterThan(12)
  // Set anew, by another salt.
  expect(await kept()).not.toBe(before)
  expect(await logsIn(password)).toBeNull()
  expect(await logsIn('another-long-password')).toBe('28P01')
  expect(await ownersPassword(answer.ownerPassword)).toBe(answer.ownerPassword)

  const again = await migrate({ ...both, OWNER_PASSWORD: 'another password' })
  expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/^Up to date\.\n.*\nThere is an owner already/) })
  expect(await logsIn(password)).toBeNull()
  expect(await ownersPassword('another password')).toBeNull()
  for (const { out, err } of [first, again])
    for (const secret of [password, new URL(db.adminUrl).password]) expect(out + err).not.toContain(secret)
})

test('without DATABASE_URL the login keeps the password it has, and says where the server finds it', async () => {
  await migrate({ DATABASE_ADMIN_URL: db.adminUrl, DATABASE_URL: appUrl() })
  const set = await kept()
  const { out } = await migrate({ DATABASE_ADMIN_URL: db.adminUrl })
  expect(out).toMatch(
    /keeps its password\..*\n {2}SQL=postgres\n {2}DATABASE_URL=postgresql:\/\/nightshift_app:<password>@127/,
  )
  expect(await kept()).toBe(set)
})

test('without DATABASE_URL a login that is not there yet is made, and its address is printed once', async () => {
  const server = await startPostgres({ home: await aHome() })
  try {
    const first = await migrate({ DATABASE_ADMIN_URL: server.adminUrl, OWNER_PASSWORD: 'a password of the owner' }, [
      '--json',
    ])
    const { databaseUrl, ...answer } = JSON.parse(first.out)
    expect(answer).toMatchObject({ password: 'made', owner: 'made' })
    expect(answer).not.toHaveProperty('ownerPassword')
    const sql = connect(databaseUrl, 1)
    expect(await roleProblem(sql)).toBeNull()
    await sql.end()
    const again = await migrate({ DATABASE_ADMIN_URL: server.adminUrl })
    expect(again.out).toContain(':<password>@')
    expect(again.out).not.toContain(new URL(databaseUrl).password)
  } finally {
    await server.stop()
  }
})

test('it also goes through a pooler in transaction mode, two at once', async () => {
  const pooler = await startPooler(db.adminUrl, { size: 2 })
  try {
    const ran = await Promise.all([1, 2].map(() => migrate({ DATABASE_ADMIN_URL: pooler.url }, ['--json'])))
    expect(ran.map(({ code }) => code)).toEqual([0, 0])
    const applied: string[] = ran.flatMap(({ out }) => JSON.parse(out).applied)
    expect(new Set(applied).size).toBe(applied.length)
    const held =
      await db.superuser`select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`
    expect(held).toHaveLength(0)
  } finally {
    await pooler.stop()
  }
})

const OTHER = 'postgres://postgres:pw-of-postgres@h.pooler.supabase.com:5432/postgres'
test.each<[Record<string, string>, RegExp]>([
  [{}, /Name the database as postgres: DATABASE_ADMIN_URL/],
  [{ DATABASE_ADMIN_URL: 'mysql://x' }, /no address of a database/],
  [{ DATABASE_ADMIN_URL: `${OTHER}?sslmode=disable` }, /TLS/],
  [{ DATABASE_ADMIN_URL: OTHER, DATABASE_URL: OTHER }, /postgres is who migrates/],
  [
    { DATABASE_ADMIN_URL: 'postgres://postgres@h/x', DATABASE_URL: 'postgres://me:pw-of-postgres@h/x' },
    /log in as nightshift_app/,
  ],
  [
    { DATABASE_ADMIN_URL: 'postgres://postgres@h/x', DATABASE_URL: 'postgres://nightshift_app:short@h/x' },
    /16 characters/,
  ],
])('%j is wrong usage, before anything is changed', async (env, said) => {
  const ran = await migrate(env)
  expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(said) })
  expect(ran.err).not.toContain('pw-of-postgres')
})

test('an address the server would not get in by is said, though the database is up to date', async () => {
  const closed = Object.assign(new URL(appUrl()), { port: '1' }).href
  const ran = await migrate({ DATABASE_ADMIN_URL: db.adminUrl, DATABASE_URL: closed })
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_URL does not get in there') })
})

const REF = 'abcdefghijklmnopqrst'
test.each([
  [
    `postgresql://postgres.${REF}:x@aws-0-eu-west-2.pooler.supabase.com:5432/postgres`,
    `postgresql://nightshift_app.${REF}:<password>@aws-0-eu-west-2.pooler.supabase.com:6543/postgres?sslmode=require`,
  ],
  [
    `postgresql://postgres:x@db.${REF}.supabase.co:5432/postgres`,
    `postgresql://nightshift_app.${REF}:<password>@<transaction pooler>:6543/postgres?sslmode=require`,
  ],
])('%s: what the application’s address looks like', (admin, app) => {
  expect(adminAddress(admin, undefined)).toMatchObject({ kind: 'supabase', tls: 'require', appUrl: app })
})

test('what is sent to the server is not the password, but what it would make of it', async () => {
  const kept = scramOf('a-long-enough-password-1', Buffer.alloc(16, 7))
  expect(kept).toMatch(/^SCRAM-SHA-256\$4096:[\w+/=]+\$[\w+/=]+:[\w+/=]+$/)
  expect(kept).not.toContain('enough')
  expect(scramOf('a-long-enough-password-1', Buffer.alloc(16, 7))).toBe(kept)
  expect(() => scramOf('naïve')).toThrow(/ASCII/)
})
