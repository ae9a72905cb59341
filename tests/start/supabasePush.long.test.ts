import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { baseEnv, exactly, npmEnv } from '../../cli/env.ts'
import { migrate } from '../../cli/migrate.ts'
import { ROOT } from '../architecture/imports.ts'
import { type Dressed, dressedDatabase, exposed } from '../setup/dress.ts'

/** Supabase's own command line, as a team has it: it is taken from the package registry for this test alone. */
const CLI = 'supabase@3.1.0'

let folder: string
let db: Dressed
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ns-supabase-'))
  await mkdir(join(folder, 'home'))
  await writeFile(join(folder, 'package.json'), '{"private":true}')
  const argv = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', CLI]
  await promisify(execFile)('npm', argv, { cwd: folder, env: exactly({ ...baseEnv(), ...npmEnv() }) })
  await cp(join(ROOT, 'supabase'), join(folder, 'supabase'), { recursive: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach(async () => {
  db = await dressedDatabase()
})
afterEach(() => db.drop())

async function push(): Promise<string> {
  const argv = [join(folder, 'node_modules/supabase/dist/supabase.js'), 'db', 'push', `--remote=${db.adminUrl}`]
  const env = exactly({ ...baseEnv(), HOME: join(folder, 'home'), SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' })
  const options = { cwd: folder, env }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...argv, '--yes', '--agent', 'no'], options)
  return stdout + stderr
}

const files = async () => (await readdir(join(ROOT, 'supabase/migrations'))).map((file) => file.split('_')[0]!).sort()

async function recorded() {
  const sql = postgres(db.adminUrl, { max: 1, onnotice: () => undefined })
  const rows = await sql<{ version: string; name: string; n: number }[]>`
    select version, name, cardinality(statements) as n from supabase_migrations.schema_migrations order by version`
  await sql.end()
  return rows.map((row) => ({ ...row }))
}

/** Everything the migrations make, however they were applied. */
async function made(): Promise<string> {
  const [row] = await db.superuser<{ sum: string }[]>`
    select md5(string_agg(what, '|' order by what)) as sum from (
      select table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(column_default, '') as what
      from information_schema.columns where table_schema = 'nightshift'
      union all select pg_get_functiondef(oid) || coalesce(proacl::text, '') from pg_proc where pronamespace = 'nightshift'::regnamespace
      union all select relname || coalesce(relacl::text, '') || relrowsecurity || pg_get_userbyid(relowner) from pg_class
        where relnamespace = 'nightshift'::regnamespace and relkind in ('r', 'v', 'S')
      union all select pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indrelid where c.relnamespace = 'nightshift'::regnamespace
      union all select pg_get_constraintdef(oid) from pg_constraint where connamespace = 'nightshift'::regnamespace
      union all select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = tgrelid where c.relnamespace = 'nightshift'::regnamespace and not tgisinternal
    ) things`
  return row!.sum
}

test('it applies the migrations unchanged, as a postgres that is no superuser; ours takes them for done', async () => {
  expect(await push()).toContain('Finished')
  const versions = await files()
  expect((await recorded()).map(({ version }) => version)).toEqual(versions)
  expect(await exposed(db.superuser)).toEqual([])
  expect(await migrate(db.adminUrl)).toEqual([])
  expect(await push()).toContain('up to date')
  const theirs = await made()
  await db.drop()
  db = await dressedDatabase()
  expect(await migrate(db.adminUrl)).toEqual(versions)
  expect(await made()).toBe(theirs)
})

test('what ours has applied it takes for done, and goes on from there', async () => {
  const versions = await files()
  await migrate(db.adminUrl)
  expect(await push()).toContain('up to date')
  const later = join(folder, 'supabase/migrations/20991231000000_later.sql')
  await writeFile(later, 'create table public.later (n int);')
  try {
    expect(await push()).toContain('20991231000000_later.sql')
    expect((await recorded()).map(({ version }) => version)).toEqual([...versions, '20991231000000'])
    expect(await migrate(db.adminUrl, join(folder, 'supabase/migrations'))).toEqual([])
  } finally {
    await rm(later)
  }
})
