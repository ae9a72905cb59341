import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Pooler, startPooler } from '../../cli/stack/pooler.ts'
import { connect } from '../../lib/store/database.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import { ROOT, sources } from '../architecture/imports.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease } from './fixture.ts'

/**
 * Through a transaction pooler a session's statements meet different server processes, and a server process meets different
 * sessions: nothing may be left behind in one, or looked for there.
 */
const KEEPS: [string, RegExp][] = [
  ['a lock of the session', /pg_(?:try_)?advisory_(?:lock|unlock)/i],
  [
    'a setting of the session',
    /\bset\s+(?!local\b|transaction\b|constraints\b)(?:session\s+)?[a-z_.]+\s*(?:=|\bto\b)\s*['"$a-z0-9]/,
  ],
  ['a setting of the session', /set_config\([^)]*,\s*false\s*\)/i],
  ['a role of the session', /\bset\s+(?:session\s+)?(?:role|authorization)\b/i],
  ['a channel', /\blisten\s+[a-z_]+\s*[`;']|\.(?:listen|subscribe)\(/i],
  ['a temporary table', /\bcreate\s+(?:global\s+|local\s+)?temp(?:orary)?\s/i],
  ['a prepared statement', /\bprepare\s+[a-z_]+\s+(?:as|\()|\bprepare:\s*true/i],
  ['a cursor beyond its transaction', /\bwith\s+hold\b|\.cursor\(/i],
  ['a connection of its own', /\b(?:sql|tx)\.reserve\(/],
]
/** `update … set x = …` is no setting: the words before it say so. */
const UPDATE = /\b(?:update\b[^;`]*?|do\s+update\s+)\bset\b[^;`]*/gi

/** Texts of SQL alone: tagged templates, and what `unsafe` is given. */
function queries(text: string): string[] {
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isTaggedTemplateExpression(node)) found.push(node.template.getText())
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      if (node.expression.name.text === 'unsafe') found.push(node.arguments.map((one) => one.getText()).join(' '))
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest, true))
  return found
}

function kept(text: string): string[] {
  return queries(text).flatMap((query) =>
    KEEPS.filter(([, pattern]) => pattern.test(query.replace(UPDATE, ''))).map(([what]) => what),
  )
}

test('nothing that runs through the pooler keeps anything in a session', () => {
  const rooms = sources().filter((path) => /^(?:lib\/(?:store|actions|adapters)|agents|app)\//.test(path))
  const texts = rooms.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')] as const)
  expect(texts.flatMap(([, text]) => queries(text)).length).toBeGreaterThan(140)
  const inText = (text: string) => [
    ...kept(text),
    ...(/\b(?:sql|tx)\.(?:reserve|subscribe|listen)\(|prepare:\s*true/.test(text) ? ['a connection of its own'] : []),
  ]
  expect(texts.flatMap(([path, text]) => inText(text).map((what) => `${path}: ${what}`))).toEqual([])
})

test.each([
  ['sql`select pg_advisory_lock(1)`'],
  ["sql`set statement_timeout = '5s'`"],
  ["tx`select set_config('a.b', 'x', false)`"],
  ['sql`set role nightshift_owner`'],
  ['sql.unsafe(`listen events;`)'],
  ['sql`create temp table t (n int)`'],
  ['sql`declare c cursor with hold for select 1`'],
])('%s would be found', (text) => expect(kept(text)).not.toEqual([]))

test.each([
  ['tx`select pg_advisory_xact_lock(1)`'],
  ["tx`set local statement_timeout = '5s'`"],
  ["sql`update work set due_at = now() where agent = 'watcher'`"],
  ['sql`insert into a values (1) on conflict (id) do update set n = excluded.n`'],
])('%s keeps nothing', (text) => expect(kept(text)).toEqual([]))

let db: FreshDatabase
let pooler: Pooler
beforeAll(async () => {
  db = await freshDatabase()
  pooler = await startPooler(db.url, { size: 1 })
})
afterAll(async () => {
  await pooler.stop()
  await db.drop()
})

test('transactions of two processes on one server connection take turns and find nothing of each other', async () => {
  const [one, two] = [connect(pooler.url, 1), connect(pooler.url, 1)]
  const looks = (sql: typeof one) => sql<{ pid: number; path: string; timeout: string; role: string }[]>`
    select pg_backend_pid() as pid, current_setting('search_path') as path,
      current_setting('statement_timeout') as timeout, current_user as role`
  const order: string[] = []
  const works = (sql: typeof one, name: string) =>
    sql.begin(async (tx) => {
      await tx`set local statement_timeout = '7s'`
      const [seen] = await looks(tx as unknown as typeof one)
      order.push(name)
      await new Promise((resolve) => setTimeout(resolve, 50))
      order.push(name)
      return seen!
    })
  const [first, second] = await Promise.all([works(one, 'one'), works(two, 'two')])
  expect(first.pid).toBe(second.pid)
  expect([order[0], order[2]]).toEqual([order[1], order[3]])
  for (const sql of [one, two, one])
    expect((await looks(sql))[0]).toEqual({ pid: first.pid, path: 'nightshift', timeout: '0', role: 'nightshift_app' })
  await Promise.all([one.end(), two.end()])
})

test('a lease taken by one process is not another’s, though both speak through one server connection', async () => {
  await projectWithLease(db.sql)
  await db.sql`update work set due_at = now(), lease_until = null`
  const [one, two] = [connect(pooler.url, 1), connect(pooler.url, 1)]
  const leases = await Promise.all([claimWork(one, 'releaser', 60), claimWork(two, 'releaser', 60)])
  const won = leases.filter((lease) => lease !== null)
  expect(won).toHaveLength(1)
  await finishWork(two, won[0]!, { agent: 'releaser', inMs: 0 })
  expect(await claimWork(one, 'releaser', 60)).toMatchObject({ subject: 'release:1' })
  await Promise.all([one.end(), two.end()])
})
