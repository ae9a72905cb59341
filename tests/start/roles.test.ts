import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { asLogin } from '../../cli/migrate.ts'
import { roleProblem } from '../../lib/store/database.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let database: FreshDatabase
let admin: Sql
beforeAll(async () => {
  database = await freshDatabase()
  admin = database.admin
})
afterAll(() => database.drop())

it('has the roles Supabase has', async () => {
  const names = ['supabase_admin', 'postgres', 'anon', 'authenticated', 'service_role']
  const rows = await admin`select rolname as name, rolsuper as super, rolcanlogin as login, rolcreatedb as createdb,
    rolcreaterole as createrole, rolbypassrls as bypassrls from pg_roles where rolname = any(${names}) order by rolname`
  const no = { super: false, login: false, createdb: false, createrole: false, bypassrls: false }
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { ...no, name: 'anon' },
    { ...no, name: 'authenticated' },
    { name: 'postgres', super: false, login: true, createdb: true, createrole: true, bypassrls: true },
    { ...no, name: 'service_role', bypassrls: true },
    { name: 'supabase_admin', super: true, login: true, createdb: true, createrole: true, bypassrls: true },
  ])
})

it('migrates as a role that is no superuser and owns the database', async () => {
  const [row] = await admin`select current_user as who, rolsuper as super, pg_get_userbyid(datdba) as owner
    from pg_roles, pg_database where rolname = current_user and datname = current_database()`
  expect(row).toEqual({ who: 'postgres', super: false, owner: 'postgres' })
})

it('gives Nightshift a login it is content with, and migrations one it refuses', async () => {
  expect(await roleProblem(database.sql)).toBe(null)
  expect(await roleProblem(admin)).not.toBe(null)
})

it('listens on this machine only, and in UTC', async () => {
  const rows = await admin`select name, setting from pg_settings where name in
    ('listen_addresses', 'TimeZone', 'password_encryption', 'data_checksums')`
  expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
    listen_addresses: '127.0.0.1',
    TimeZone: 'UTC',
    password_encryption: 'scram-sha-256',
    data_checksums: 'on',
  })
})

it.each(['postgres', 'nightshift_app', 'supabase_admin'])(
  'lets nobody in as %s with a wrong password',
  async (role) => {
    const sql = postgres(asLogin(inject('cluster').adminUrl, role, 'wrong'), { max: 1 })
    await expect(sql`select 1`).rejects.toMatchObject({ code: '28P01' })
    await sql.end()
  },
)
