import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { projectBudget } from '../../lib/actions/budget.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { ModelRequest } from '../../lib/domain/model.ts'
import { connect } from '../../lib/store/database.ts'
import { reserveSpend, settleSpend, spentOnIssue, spentSince } from '../../lib/store/spend.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

const USAGE = { input: 10, cacheWrite: 20, cacheRead: 30, output: 40 }
const LONG_AGO = new Date(0)
let db: FreshDatabase
let n = 0
let project: number
let issue: number

beforeAll(async () => {
  db = await freshDatabase({ pooled: true })
})
afterAll(() => db.drop())
beforeEach(async () => {
  n += 1
  ;({ project, issue } = await projectWith({}))
})

async function projectWith(policy: object, slug = `shop-${n}-${Object.keys(policy).length}`) {
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  const { id } = await registerProject(db.sql, { slug, name: 'Shop', level: 2, policy, settings })
  return { project: id, issue: await issueOf(id, 'f') }
}

async function issueOf(of: number, fingerprint: string): Promise<number> {
  const [row] = await db.sql<{ id: number }[]>`
    insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
    values (${of}, ${fingerprint}, 't', 'P2', 'w', now(), now()) returning id`
  return row!.id
}

const ask = (usd: number, over: object = {}) =>
  reserveSpend(db.sql, { project, issue, task: 'fix', model: 'm', usd, ...over })

const word = async (asked: ReturnType<typeof ask>) => {
  const said = await asked
  return said.answer === 'yes' ? 'yes' : said.reason
}

test.each<[string, number[], number, string]>([
  ['nothing yet', [], 5, 'yes'],
  ['more than an issue may', [], 5.00000001, 'issue'],
  ['exactly what is left', [4.5], 0.5, 'yes'],
  ['a hair more than is left', [4.5], 0.50000001, 'issue'],
  ['nothing more at the cap', [5], 0, 'yes'],
])('an issue’s cap: %s', async (_, before, usd, expected) => {
  for (const one of before) expect(await word(ask(one))).toBe('yes')
  expect(await word(ask(usd))).toBe(expected)
})

test.each<[string, object, number, string]>([
  ['day', { day: 1, issue: 2, month: 2 }, 1, 'yes'],
  ['day', { day: 1, issue: 2, month: 2 }, 1.01, 'day'],
  ['month', { day: 2, issue: 2, month: 1 }, 1, 'yes'],
  ['month', { day: 2, issue: 2, month: 1 }, 1.01, 'month'],
  ['issue first', { day: 1, issue: 1, month: 1 }, 1.01, 'issue'],
  ['no money at all', { day: 0 }, 0.00000001, 'day'],
])('a cap of the policy: %s %j', async (_, spend, usd, expected) => {
  ;({ project, issue } = await projectWith({ spend }))
  expect(await word(ask(usd))).toBe(expected)
})

test('without a policy of its own a project has the design’s caps, and another issue has its own', async () => {
  for (let i = 0; i < 4; i++) expect(await word(ask(5, { issue: await issueOf(project, `i${i}`) }))).toBe('yes')
  expect(await ask(0.01, { issue: null })).toEqual({ id: null, answer: 'no', reason: 'day', cap: 20, spent: 20 })
})

test('yesterday’s money is not today’s, last month’s not this one’s, and an issue’s is its own for ever', async () => {
  expect(await word(ask(5))).toBe('yes')
  await db.superuser`update nightshift.spend set at = at - interval '32 days' where project = ${project}`
  expect(await word(ask(0.01))).toBe('issue')
  expect(await word(ask(20, { issue: null }))).toBe('yes')
  expect(await word(ask(0.01, { issue: null }))).toBe('day')
})

test.each(['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])('the day begins when it does in %s', async (zone) => {
  ;({ project, issue } = await projectWith({ hours: { zone }, spend: { day: 1 } }))
  expect(await word(ask(1))).toBe('yes')
  await db.superuser`update nightshift.spend set at = date_trunc('day', now(), ${zone}) where project = ${project}`
  expect(await word(ask(0.5))).toBe('day')
  await db.superuser`update nightshift.spend set at = at - interval '1 microsecond' where project = ${project}`
  expect(await word(ask(0.5))).toBe('yes')
})

test('nothing is put aside while the project is paused; what is under way is settled all the same', async () => {
  const said = await ask(1)
  await db.sql`select * from pause(${project}, 'ada', '')`
  expect(await word(ask(0))).toBe('paused')
  expect(await settleSpend(db.sql, said.answer === 'yes' ? said.id : 0, 0.25, USAGE)).toBe(0.25)
})

test('settling gives back what was too much, once', async () => {
  const said = await ask(5)
  if (said.answer !== 'yes') throw new Error(said.reason)
  expect(await spentOnIssue(db.sql, issue)).toMatchObject({ usd: 5, calls: 1 })
  expect(await settleSpend(db.sql, said.id, 0.5, USAGE)).toBe(0.5)
  expect(await settleSpend(db.sql, said.id, 3, USAGE)).toBe(0.5)
  expect(await spentOnIssue(db.sql, issue)).toEqual({ usd: 0.5, calls: 1, usage: USAGE })
  expect(await word(ask(4.5))).toBe('yes')
  expect((await spentSince(db.sql, project, LONG_AGO)).map(({ usd }) => usd)).toEqual([0.5, 4.5])
})

test('what nobody knows the price of costs what was put aside, and what was never settled counts for good', async () => {
  const said = await ask(2)
  if (said.answer !== 'yes') throw new Error(said.reason)
  expect(await settleSpend(db.sql, said.id, null, null)).toBe(2)
  await ask(3)
  await db.superuser`update nightshift.spend set at = at - interval '10 years' where project = ${project}`
  expect(await spentOnIssue(db.sql, issue)).toMatchObject({ usd: 5, calls: 2 })
  expect(await word(ask(0.01))).toBe('issue')
})

test('what cannot be right is an error, not an answer', async () => {
  await expect(ask(Number.NaN)).rejects.toThrow('no amount')
  await expect(ask(-1)).rejects.toThrow('no amount')
  await expect(ask(1, { project: 999_999 })).rejects.toThrow('unknown project')
  const other = await projectWith({ spend: {} })
  await expect(ask(1, { issue: other.issue })).rejects.toThrow('not one of project')
  await expect(settleSpend(db.sql, 999_999, 1, null)).rejects.toThrow('no reservation')
  const said = await ask(1)
  await expect(settleSpend(db.sql, said.answer === 'yes' ? said.id : 0, Number.NaN, null)).rejects.toThrow()
})

test('the application may read the book, and write it through the two functions alone', async () => {
  await ask(1)
  for (const write of [
    'delete from spend',
    'update spend set usd = 0, settled_at = now()',
    `insert into spend (project, task, model, reserved) values (1, 't', 'm', 0)`,
    'truncate spend',
  ])
    await expect(db.sql.unsafe(write)).rejects.toMatchObject({ code: '42501' })
  const rights = await db.admin<{ role: string }[]>`
    select role from unnest(array['anon', 'authenticated', 'service_role']) role
    where has_table_privilege(role, 'nightshift.spend', 'select, insert, update, delete')
      or has_function_privilege(role, 'nightshift.settle_spend(bigint, numeric, jsonb)', 'execute')
      or has_function_privilege(role, 'nightshift.reserve_spend(int, int, text, text, numeric)', 'execute')`
  expect(rights).toEqual([])
  const [secured] = await db.admin`select relrowsecurity as on from pg_class where oid = 'nightshift.spend'::regclass`
  expect(secured).toEqual({ on: true })
})

test('twenty connections at once never spend more than the cap, on its last cent either', async () => {
  ;({ project, issue } = await projectWith({ spend: { day: 1, issue: 5 } }))
  // Between looking and writing it down there is time for everybody else to look too.
  await db.superuser.unsafe(`
    create function nightshift.dawdle() returns trigger language plpgsql as $$ begin perform pg_sleep(0.02); return new; end $$;
    create trigger dawdle before insert on nightshift.spend for each row execute function nightshift.dawdle()`)
  const pool = connect(db.url, 20)
  const at = { project, issue: null, task: 'fix' as const, model: 'm' }
  const worker = async (i: number) => {
    let yes = 0
    for (let j = 0; j < 10; j++) {
      const said = await reserveSpend(pool, { ...at, usd: 0.03 })
      if (said.answer === 'yes') {
        yes += 1
        if (i % 3 === 0) await settleSpend(pool, said.id, 0.01, USAGE)
      }
      const [row] = await pool<{ all: number }[]>`
        select coalesce(sum(coalesce(usd, reserved)), 0)::float8 as all from spend where project = ${project}`
      expect(row!.all).toBeLessThanOrEqual(1)
    }
    return yes
  }
  const made = await Promise.all(Array.from({ length: 20 }, (_, i) => worker(i)))
  expect(made.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(33)
  expect(await word(ask(0.03, { issue: null }))).toBe('day')
  await pool.end()
  await db.superuser.unsafe('drop function nightshift.dawdle cascade')
})

const REQUEST: ModelRequest = {
  task: 'review',
  system: 's',
  turns: [],
  tools: [],
  schema: null,
  effort: 'low',
  maxTokens: 1000,
  timeoutMs: 1000,
}

test('a budget puts aside and settles by its prices, and says no in words', async () => {
  const budget = projectBudget(db.sql, { project, issue })
  const said = await budget.reserve(REQUEST, 'anthropic:claude-sonnet-5-5')
  if (!said.ok) throw new Error(said.detail)
  expect((await spentOnIssue(db.sql, issue)).usd).toBeCloseTo(said.reservation.usd, 8)
  const usage = { input: 1000, cacheWrite: 0, cacheRead: 0, output: 100 }
  expect(await budget.settle(said.reservation, usage)).toBe(0.003)
  expect(await budget.settle(said.reservation, null)).toBe(0.003)
  const much = { ...REQUEST, maxTokens: 1_000_000 }
  expect(await budget.reserve(much, 'gpt')).toMatchObject({ ok: false, why: 'spent' })
  const nobodys = projectBudget(db.sql, { project, issue: null })
  expect(await nobodys.reserve(much, 'gpt')).toMatchObject({ ok: false, why: 'over-budget' })
  await db.sql`select * from pause(${project}, 'ada', '')`
  expect(await budget.reserve(REQUEST, 'gpt')).toEqual({ ok: false, why: 'paused', detail: 'The project is paused.' })
})
