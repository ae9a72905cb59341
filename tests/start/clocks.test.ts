import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { AGENTS } from '../../lib/domain/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const ROUTE = 'app/api/cron/[agent]/route.ts'

let db: FreshDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.drop())

test('Vercel’s clock drives the four agents: the watcher every five minutes, the others every minute', () => {
  const { crons } = JSON.parse(read('vercel.json')) as { crons: { path: string; schedule: string }[] }
  expect(crons).toEqual(
    AGENTS.map((agent) => ({
      path: `/api/cron/${agent}`,
      schedule: agent === 'watcher' ? '*/5 * * * *' : '* * * * *',
    })),
  )
  expect(read(ROUTE)).toMatch(/export const GET = POST/)
})

test('a call ends by itself before the host ends it', () => {
  const most = Number(/export const maxDuration = (\d+)/.exec(read(ROUTE))?.[1])
  expect(most).toBe(Number(/TICK_SECONDS: .*default\((\d+)\)/.exec(read('lib/config/env.ts'))?.[1]))
  expect(most).toBeLessThanOrEqual(300)
  expect(read(ROUTE)).toContain('config.tickMs - SPARE_MS')
})

test('Kestra calls the four doors in their order, every quarter of an hour', () => {
  const flow = parse(read('docs/clocks/kestra.yml'))
  const [agents] = flow.tasks
  expect(agents).toMatchObject({ values: [...AGENTS], concurrencyLimit: 1 })
  expect(agents.tasks[0]).toMatchObject({
    method: 'POST',
    uri: "{{ secret('NIGHTSHIFT_URL') }}/api/cron/{{ taskrun.value }}",
  })
  expect(flow.triggers[0].cron).toBe('*/15 * * * *')
})

test('GitHub’s schedule does too, and shows its secret to nobody', () => {
  const flow = parse(read('docs/clocks/github.yml'))
  const { strategy, steps } = flow.jobs.tick
  expect(strategy.matrix.agent).toEqual([...AGENTS])
  expect(flow.permissions).toEqual({})
  // In the environment alone: what stands in `run` is what a log shows.
  expect(steps[0].run).not.toContain('secrets.')
  expect(steps[0].env.CRON_SECRET).toContain('secrets.CRON_SECRET')
})

test('the schedule in the database calls each agent, with the secret out of the vault', async () => {
  await db.superuser.unsafe(`
    create schema cron; create schema net; create schema vault;
    create table cron.job (jobname text primary key, schedule text, command text);
    create function cron.schedule(named text, plan text, words text) returns int language sql as
      'insert into cron.job values (named, plan, words) on conflict (jobname) do update set schedule = plan, command = words returning 1';
    create table vault.secrets (name text unique, secret text);
    create view vault.decrypted_secrets as select name, secret as decrypted_secret from vault.secrets;
    create function vault.create_secret(s text, n text) returns text language sql as 'insert into vault.secrets values (n, s) returning n';
    create table net.calls (url text, headers jsonb);
    create function net.http_post(url text, headers jsonb, body jsonb, timeout_milliseconds int) returns int language sql as
      'insert into net.calls values (url, headers) returning 1';`)
  const text = read('docs/clocks/pg_cron.sql').replace(/^create extension.*$/gm, '')
  for (let times = 0; times < 2; times++) await db.superuser.unsafe(text).simple()
  const jobs = await db.superuser<{ command: string }[]>`select command from cron.job`
  expect(jobs).toHaveLength(4)
  for (const { command } of jobs) {
    // The secret is looked up when it is needed: the schedule can be read by others.
    expect(command).not.toContain('the value of')
    await db.superuser.unsafe(command)
  }
  const calls = await db.superuser<{ url: string; headers: { authorization: string } }[]>`select * from net.calls`
  expect(calls.map(({ url }) => url).sort()).toEqual(
    AGENTS.map((agent) => `https://nightshift.example.com/api/cron/${agent}`).sort(),
  )
  for (const { headers } of calls) expect(headers.authorization).toBe('Bearer the value of CRON_SECRET')
})
