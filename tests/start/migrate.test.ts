import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { afterEach, beforeEach, expect, inject, it } from 'vitest'
import { migrate } from '../../cli/migrate.ts'

let folder: string
let server: Sql
let sql: Sql
let url: string
let name: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-migrate-'))
  name = `m_${randomBytes(6).toString('hex')}`
  const { adminUrl, superUrl } = inject('cluster')
  // As the superuser: nobody else may end a session of the server's own that looks after the database.
  server = postgres(superUrl, { max: 1 })
  await server.unsafe(`create database ${name} owner postgres`)
  const own = new URL(adminUrl)
  own.pathname = `/${name}`
  url = own.href
  sql = postgres(url, { max: 1, onnotice: () => undefined })
})
afterEach(async () => {
  await sql.end()
  await server.unsafe(`drop database ${name} with (force)`)
  await server.end()
  await rm(folder, { recursive: true, force: true })
})

const write = (file: string, text: string) => writeFile(join(folder, file), text)
const recorded = async () =>
  (await sql`select version, name from supabase_migrations.schema_migrations order by version`).map((row) => ({
    ...row,
  }))

it('applies migrations in order, once, and records them as the Supabase CLI does', async () => {
  await write('20260102000000_second_step.sql', 'insert into a values (2);')
  await write('20260101000000_first.sql', 'create table a (n int); insert into a values (1);')
  await write('README.md', 'not a migration')
  expect(await migrate(url, folder)).toEqual(['20260101000000', '20260102000000'])
  expect(await migrate(url, folder)).toEqual([])
  expect((await sql`select n from a order by n`).map((row) => row.n)).toEqual([1, 2])
  expect(await recorded()).toEqual([
    { version: '20260101000000', name: 'first' },
    { version: '20260102000000', name: 'second_step' },
  ])
  const [row] = await sql`select statements from supabase_migrations.schema_migrations where name = 'first'`
  expect(row?.statements).toEqual(['create table a (n int); insert into a values (1);'])
})

it('applies only what is new', async () => {
  await write('1_one.sql', 'create table one ()')
  await migrate(url, folder)
  await write('2_two.sql', 'create table two ()')
  expect(await migrate(url, folder)).toEqual(['2'])
})

it('keeps nothing of a failing migration, keeps those before, and goes on once it is corrected', async () => {
  await write('1_good.sql', 'create table good ()')
  await write('2_bad.sql', 'create table half ();\ninsert into nowhere values (1);')
  await expect(migrate(url, folder)).rejects.toThrow(
    /2_bad\.sql failed, and nothing of it was kept: .*nowhere.*\(line 2\)/,
  )
  expect(await recorded()).toEqual([{ version: '1', name: 'good' }])
  const [row] = await sql`select to_regclass('half') as half, to_regclass('good')::text as good`
  expect(row).toEqual({ half: null, good: 'good' })
  await write('2_bad.sql', 'create table half ()')
  expect(await migrate(url, folder)).toEqual(['2'])
})

it('keeps nothing of a migration that cannot be recorded', async () => {
  await write('1_record.sql', 'create table half (); drop table supabase_migrations.schema_migrations')
  await expect(migrate(url, folder)).rejects.toThrow('1_record.sql failed')
  const [row] = await sql`select to_regclass('half') as half`
  expect(row).toEqual({ half: null })
})

it('does not let a role or search path of one migration reach the next', async () => {
  await write('1_role.sql', 'create schema elsewhere; set search_path = elsewhere; create table there ();')
  await write('2_next.sql', 'create table here ()')
  await migrate(url, folder)
  const [row] =
    await sql`select to_regclass('public.here')::text as here, to_regclass('elsewhere.there')::text as there`
  expect(row).toEqual({ here: 'here', there: 'elsewhere.there' })
})

it('applies each migration once where two starts migrate at once', async () => {
  await write('1_slow.sql', 'create table slow (n int); select pg_sleep(0.2); insert into slow values (1);')
  const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)])
  expect(applied.flat()).toEqual(['1'])
  expect(await sql`select n from slow`).toHaveLength(1)
})

it('refuses two migrations of one version: one would never be applied', async () => {
  await write('1_one.sql', 'select 1')
  await write('1_uno.sql', 'select 1')
  await expect(migrate(url, folder)).rejects.toThrow('the version 1')
})
