import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../cli/migrate.ts'
import { API_ROLES, type Dressed, dressedDatabase, exposed } from '../setup/dress.ts'

/** On a database as Supabase has it: what its data APIs speak as sees nothing of ours. */
const open: Dressed[] = []
let plain: Dressed
let worse: Dressed
beforeAll(async () => {
  plain = await dressedDatabase()
  worse = await dressedDatabase({ worse: true })
  open.push(plain, worse)
  for (const { adminUrl } of open) await migrate(adminUrl)
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

const count = async (catalog: string) =>
  Number((await plain.superuser.unsafe(`select count(*)::int as n from ${catalog}`))[0]!.n)

test('no table, view, sequence, column or function of ours is anybody’s but the application’s', async () => {
  expect(
    await count(`pg_class where relnamespace = 'nightshift'::regnamespace and relkind in ('r', 'v', 'S')`),
  ).toBeGreaterThan(30)
  expect(await count(`pg_proc where pronamespace = 'nightshift'::regnamespace`)).toBeGreaterThan(30)
  expect(await exposed(plain.superuser)).toEqual([])
})

test('nor where somebody widened the defaults to everything that postgres makes', async () => {
  expect(await exposed(worse.superuser)).toEqual([])
})

/** Tried as each of them, beside what the catalogue says. */
test.each(API_ROLES.filter((role) => role !== 'public'))('%s reads, calls and counts nothing', async (role) => {
  const sql = worse.superuser
  const names = await sql<{ kind: string; name: string }[]>`
    select relkind::text as kind, relname as name from pg_class
    where relnamespace = 'nightshift'::regnamespace and relkind in ('r', 'v', 'S')`
  const done: string[] = []
  for (const { kind, name } of names) {
    const statement = kind === 'S' ? `select nextval('nightshift.${name}')` : `select * from nightshift.${name} limit 1`
    const worked = await sql
      .begin(async (tx) => {
        await tx.unsafe(`set local role ${role}`)
        await tx.unsafe(statement)
      })
      .then(
        () => true,
        ({ code }: { code: string }) => code !== '42501',
      )
    if (worked) done.push(name)
  }
  expect(done).toEqual([])
  const [callable] = await sql<{ n: number }[]>`
    select count(*)::int as n from pg_proc
    where pronamespace = 'nightshift'::regnamespace and has_function_privilege(${role}, oid, 'execute')`
  expect(callable!.n).toBe(0)
})

test('what is open would be found', async () => {
  const sql = postgres(plain.adminUrl, { max: 1, onnotice: () => undefined })
  await sql
    .unsafe(`set role nightshift_owner;
    create table nightshift.open_one (id int generated always as identity); grant select (id) on nightshift.open_one to anon;
    create function nightshift.open_two() returns int language sql as 'select 1';
    grant usage on schema nightshift to service_role`)
    .simple()
  await sql.end()
  expect(await exposed(plain.superuser)).toEqual([
    'column open_one.id to anon: SELECT',
    'function nightshift.open_two() to public: EXECUTE',
    'schema nightshift to service_role: USAGE',
    'table open_one has no row-level security',
  ])
})
