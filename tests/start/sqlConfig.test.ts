import { execFileSync } from 'node:child_process'
import { afterEach, expect, test, vi } from 'vitest'
import { passedOn } from '../../cli/env.ts'
import { worldLine } from '../../lib/adapters/index.ts'
import { parseSql } from '../../lib/config/sql.ts'
import { type Config, parseConfig } from '../../lib/config.ts'

const REF = 'abcdefghijklmnopqrst'
const POOLER = `postgresql://nightshift_app.${REF}:secret-word@aws-0-eu-west-2.pooler.supabase.com:6543/postgres`
const DIRECT = `postgresql://nightshift_app:secret-word@db.${REF}.supabase.co:5432/postgres`
const supabase = (url: string, more: Record<string, string> = {}) =>
  parseSql({ SQL: 'supabase', DATABASE_URL: url, ...more })

const PEM = execFileSync(
  'openssl',
  [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=a root', '-keyout', '/dev/null'],
  ],
  { stdio: ['ignore', 'pipe', 'ignore'] },
)
  .toString()
  .trim()

afterEach(() => vi.unstubAllEnvs())

test('a PostgreSQL of one’s own is taken as it is', () => {
  const url = 'postgres://nightshift_app:x@127.0.0.1:5432/nightshift'
  expect(parseSql({ DATABASE_URL: url })).toEqual({
    choice: { kind: 'postgres', url, max: 10, idleSeconds: 60, tls: false, advice: [] },
    problems: [],
  })
  expect(parseSql({ DATABASE_URL: `${url}?sslmode=require` }).choice).toMatchObject({ url, tls: 'require' })
})

test('Supabase’s transaction pooler: encrypted whether or not the address says so, and nothing else of it is kept', () => {
  for (const behind of [
    '',
    '?sslmode=require',
    '?pgbouncer=true&connection_limit=1',
    '?supa=base-pooler.x&sslmode=require',
  ]) {
    const { choice, problems } = supabase(POOLER + behind)
    expect(problems).toEqual([])
    expect(choice).toMatchObject({ kind: 'supabase', url: POOLER, max: 10, tls: 'require' })
    expect(choice!.advice).toEqual([expect.stringMatching(/not verified: DATABASE_CA/)])
  }
})

test('with the certificate the server is verified', () => {
  const { choice } = supabase(`${POOLER}?sslmode=verify-full`, { DATABASE_CA: PEM.trim().replaceAll('\n', '\\n') })
  expect(choice).toMatchObject({ tls: { ca: PEM }, advice: [] })
})

test('functions take few connections and give them back soon; a number that is set counts', () => {
  expect(supabase(POOLER, { VERCEL: '1' }).choice).toMatchObject({ max: 3, idleSeconds: 5 })
  expect(supabase(POOLER, { VERCEL: '1', DATABASE_POOL: '7' }).choice).toMatchObject({ max: 7, idleSeconds: 5 })
})

test.each<[string, RegExp]>([
  [DIRECT, /a direct connection takes one of the server’s few connections.*port 6543/],
  [POOLER.replace(':6543', ':5432'), /session mode takes one of the server’s few.*port 6543/],
])('%s: functions may not, a server is told what is best', (url, said) => {
  expect(supabase(url, { VERCEL: '1' }).problems).toEqual([expect.stringMatching(said)])
  const { choice, problems } = supabase(url)
  expect(problems).toEqual([])
  expect(choice!.advice.join('\n')).toMatch(said)
})

test.each<[Record<string, string>, RegExp]>([
  [{ DATABASE_URL: POOLER.replace(`.${REF}`, '') }, /a login carries its project, as in nightshift_app\./],
  [{ DATABASE_URL: POOLER.replace('nightshift_app', 'postgres') }, /postgres is who migrates/],
  [{ DATABASE_URL: DIRECT.replace('nightshift_app', 'postgres') }, /postgres is who migrates/],
  [{ DATABASE_URL: `${POOLER}?sslmode=disable` }, /sslmode=require at least/],
  [{ DATABASE_URL: `${POOLER}?sslmode=prefer` }, /sslmode=require at least/],
  [{ DATABASE_URL: `${POOLER}?sslmode=verify-full` }, /DATABASE_CA: sslmode=verify-full needs the certificate/],
  [{ DATABASE_URL: POOLER, DATABASE_CA: 'no certificate' }, /DATABASE_CA: it is no certificate/],
  [{ DATABASE_URL: POOLER, DATABASE_POOL: '0' }, /DATABASE_POOL/],
  [{ DATABASE_URL: 'https://supabase.com' }, /DATABASE_URL: not an address such as/],
  [{ DATABASE_URL: POOLER, SQL: 'mysql' }, /^SQL: /],
  [{}, /^DATABASE_URL: /],
])('%j is refused', (env, said) => {
  const { choice, problems } = parseSql({ SQL: 'supabase', ...env })
  expect(choice).toBeNull()
  expect(problems).toContainEqual(expect.stringMatching(said))
  expect(problems.join()).not.toContain('secret-word')
})

test('the line at boot names it, and everything missing is said with the rest', () => {
  const line = (kind: string) =>
    worldLine({
      ...{
        world: 'hosted',
        sql: { kind },
        deploy: { kind: 'process' },
        code: { kind: 'git' },
        notify: {},
        model: null,
        auth: { kind: 'owner' },
      },
      ...{ sandbox: { kind: 'bubblewrap' }, sentry: null },
    } as unknown as Config)
  expect(line('supabase')).toContain('world hosted: sql=supabase sources=')
  expect(line('postgres')).toContain(' sql=postgres ')
  expect(() => parseConfig({ SQL: 'supabase', CODE: 'github' })).toThrow(/DATABASE_URL.*GITHUB_APP_ID/s)
})

test('a start hands none of it on: it brings a database of its own', () => {
  for (const name of ['SQL', 'DATABASE_URL', 'DATABASE_CA', 'DATABASE_ADMIN_URL']) vi.stubEnv(name, 'x')
  expect(passedOn({ model: [], code: [], deploy: [], notify: [] })).toEqual({})
})
