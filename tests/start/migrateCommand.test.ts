import { execFile } from 'node:child_process'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { exactly } from '../../cli/env.ts'
import { adminAddress } from '../../cli/migrate/address.ts'
import { APP_ROLE, asLogin } from '../../cli/migrate.ts'
import { scramOf } from '../../cli/scram.ts'
import { connect, roleProblem } from '../../lib/store/database.ts'
import { ROOT } from '../architecture/imports.ts'
import { COMPILED } from '../setup/compiled.ts'
import { type Dressed, dressedDatabase } from '../setup/dress.ts'
import { startPooler } from '../setup/pooler.ts'

let db: Dressed
beforeEach(async () => {
  db = await dressedDatabase()
})
afterEach(() => db.drop())

/** The role is the whole server's, and other tests log in as it meanwhile: its password is only ever set to what it is. */
const password = inject('cluster').appPassword
const kept = async () =>
  (await db.superuser<{ kept: string }[]>`select rolpassword as kept from pg_authid where rolname = ${APP_ROLE}`)[0]!
    .kept

interface Ran {
  code: number
  out: string
  err: string
}
const migrate = (argv: string[], env: Record<string, string> = {}, input = ''): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, env: exactly({ PATH: process.env.PATH ?? '', ...COMPILED, ...env }) }
    const child = execFile(process.execPath, ['cli/nightshift.ts', 'migrate', ...argv], options, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
    child.stdin?.end(input)
  })

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

test('an empty database is brought up to date and given a login; repeating it changes nothing', async () => {
  const before = await kept()
  const first = await migrate(['--json'], { DATABASE_ADMIN_URL: db.adminUrl, DATABASE_APP_PASSWORD: password })
  const answer = JSON.parse(first.out)
  expect(answer).toMatchObject({ password: 'set', sql: 'postgres' })
  expect(answer.applied.length).toBeGreaterThan(12)
  expect(answer.databaseUrl).toMatch(/^postgresql:\/\/nightshift_app:<password>@127\.0\.0\.1:\d+\/s_[0-9a-f]+$/)
  // Set anew, by another salt.
  expect(await kept()).not.toBe(before)
  expect(await logsIn(password)).toBeNull()
  expect(await logsIn('another-long-password')).toBe('28P01')

  const set = await kept()
  const again = await migrate(['--database-url', db.adminUrl])
  expect(again).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Up to date\.\nnightshift_app keeps its password\./),
  })
  expect(await kept()).toBe(set)

  const piped = await migrate(['--password-stdin', '--database-url', db.adminUrl], {}, `${password}\n`)
  expect(piped).toMatchObject({ code: 0, out: expect.stringContaining('logs in with the password that was given') })
  expect(await logsIn(password)).toBeNull()
  for (const { out, err } of [first, again, piped])
    for (const secret of [password, new URL(db.adminUrl).password]) expect(out + err).not.toContain(secret)
})

test('it also goes through a pooler in transaction mode, two at once', async () => {
  const pooler = await startPooler(db.adminUrl, { size: 2 })
  try {
    const ran = await Promise.all([1, 2].map(() => migrate(['--json'], { DATABASE_ADMIN_URL: pooler.url })))
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

test.each<[string[], Record<string, string>, RegExp]>([
  [[], {}, /Name the database/],
  [['--database-url', 'mysql://x'], {}, /no address of a database/],
  [
    ['--database-url', 'postgres://postgres:pw-of-postgres@h.pooler.supabase.com:5432/postgres?sslmode=disable'],
    {},
    /TLS/,
  ],
])('%j is wrong usage', async (argv, env, said) => {
  const ran = await migrate(argv, env)
  expect(ran).toMatchObject({ code: 2, err: expect.stringMatching(said) })
  expect(ran.err).not.toContain('pw-of-postgres')
})

test('a password that is short, or would have to be escaped in an address, is refused', async () => {
  for (const password of ['short', 'long enough but spaced', 'with:colon-and@host-xx'])
    expect(await migrate([], { DATABASE_ADMIN_URL: db.adminUrl, DATABASE_APP_PASSWORD: password })).toMatchObject({
      code: 2,
      err: expect.stringMatching(/16 letters/),
    })
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
