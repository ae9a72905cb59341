import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../lib/world.ts'
import { file, openLab } from './lab.ts'

const RUN = '/nightshift/lib/harness/services/run.js'
const MIGRATION = `create table public.shops (id uuid primary key default gen_random_uuid(), owner uuid references auth.users, name text);
alter table shops enable row level security;
create policy own on shops to authenticated using (owner = auth.uid());
create function shout(name text) returns text language plpgsql as $$
begin
  return upper(name);

end;
$$;
`
/** Asks over the wire of the harness's own, since no client is installed inside. */
const ASK = `
import { openSession } from '/nightshift/lib/harness/services/wire.js'
const at = new URL(process.env.DATABASE_URL)
const session = await openSession(Number(at.port), at.username, at.pathname.slice(1))
await session.run(process.argv[2])
session.close()
console.log('fine', process.env.PGDATABASE, at.hostname)
`
const ASSERT = `do $$ begin assert (select shout(name) from shops) = 'ANNA''S', 'the seed is not there'; end $$`

describe('a PostgreSQL inside the sandbox', { timeout: 120_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let sandbox: Sandbox
  beforeAll(async () => {
    lab = await openLab()
    sandbox = lab.start()
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  afterAll(() => lab.close())

  const run = (files: Record<string, string>, ...argv: string[]) =>
    sandbox.run({
      files: Object.entries({ 'ask.ts': ASK, ...files }).map(([path, text]) => file(path, text)),
      argv: ['node', RUN, ...argv],
      services: ['postgres'],
    })
  const supabase = {
    'supabase/migrations/20260101_shops.sql': MIGRATION,
    'supabase/migrations/20260101_shops.down.sql': 'drop table shops',
    'supabase/seed.sql': `insert into shops (name) values ('Anna''s');`,
  }

  it('holds migrations and seed of a Supabase project when the command starts', async () => {
    const first = await run(supabase, 'node', 'ask.ts', ASSERT)
    expect(first).toMatchObject({ exit: 0, stdout: 'fine app 127.0.0.1\n', egress: 0 })
    const again = await run(supabase, 'sh', '-c', 'exit 7')
    expect(again).toMatchObject({ exit: 7, stderr: '' })
    expect(again.ms).toBeLessThan(20_000)
  })

  it('names the migration that fails, and does not run the command', async () => {
    const { exit, stdout, stderr } = await run(
      { 'migrations/1.sql': 'create table a ();', 'migrations/2.sql': 'creat table b ()' },
      'echo',
      'ran',
    )
    expect([exit, stdout]).toEqual([125, ''])
    expect(stderr).toContain('migrations/2.sql: syntax error at or near "creat" (42601) at character 1')
  })

  it('can be put back as it was', async () => {
    const RESET = `
import { startPostgres } from '/nightshift/lib/harness/services/postgres.js'
import { openSession } from '/nightshift/lib/harness/services/wire.js'
const postgres = await startPostgres('/workspace')
const open = () => openSession(Number(postgres.env.PGPORT), 'postgres', 'app')
const one = await open()
await one.run('delete from shops')
const began = performance.now()
await postgres.reset()
const took = performance.now() - began
const two = await open()
await two.run(${JSON.stringify(ASSERT)})
console.log(JSON.stringify({ applied: postgres.applied, took, startedMs: postgres.startedMs }))
two.close()
await postgres.stop()
`
    const { exit, stdout, stderr } = await sandbox.run({
      files: Object.entries({ 'reset.ts': RESET, ...supabase }).map(([path, text]) => file(path, text)),
      argv: ['node', 'reset.ts'],
      services: ['postgres'],
    })
    expect([exit, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout).applied).toEqual([
      'supabase (roles, auth)',
      'supabase/migrations/20260101_shops.sql',
      'supabase/seed.sql',
    ])
    console.info(stdout)
  })

  it('is not there for a run that does not ask', async () => {
    const { stdout } = await sandbox.run({ files: [], argv: ['sh', '-c', 'ls /opt'] })
    expect(stdout).toBe('node\n')
  })
})
