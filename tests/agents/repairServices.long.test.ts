import { expect, test } from 'vitest'
import type { Ground } from '../../agents/repair/ground.ts'
import { repairTests } from '../../agents/repair/repair.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { groundOf } from './model/bench.ts'

/** Tests that talk to a database: each run, and each candidate, meets it as migrations and seed left it. */

const sandbox = testedSandbox()

const FILES = {
  'package.json': '{"name":"lists","version":"1.0.0","type":"module","scripts":{"test":"node --test"}}',
  'supabase/migrations/1_lists.sql': 'create table lists (name text);',
  'supabase/seed.sql': "insert into lists values ('seeded');",
  'src/last.js': 'export function last(list) {\n  return list[list.length]\n}\n',
  'test/last.test.js': `import { test } from 'node:test'
import assert from 'node:assert'
import { openSession } from '/nightshift/lib/harness/services/wire.js'
import { last } from '../src/last.js'
test('keeps the last', async () => {
  const database = await openSession(Number(process.env.PGPORT), process.env.PGUSER, process.env.PGDATABASE)
  await database.run("insert into lists values ('new')")
  database.close()
  assert.equal(last([1, 2, 3]), 3)
})
test('is kept once', async () => {
  const database = await openSession(Number(process.env.PGPORT), process.env.PGUSER, process.env.PGDATABASE)
  await database.run("do $$ begin assert (select count(*) from lists) = 2, 'it is not as it was'; end $$")
  database.close()
})
`,
}

test('a repair of tests that use a PostgreSQL: it is as it was for every candidate', async () => {
  const files = Object.entries(FILES).map(([path, body]) => ({ path, bytes: Buffer.from(body) }))
  const entries = files.map(({ path, bytes }) => ({ path, mode: '100644', oid: blobOid(bytes), size: bytes.length }))
  const ground: Ground = {
    ...{ ...groundOf(sandbox(), null), files, texts: textsOf(files), entries, searchMs: 60_000 },
    command: { command: 'npm test', env: {}, services: ['postgres'], wallMs: 60_000 },
  }
  const made = await repairTests(ground, () => undefined)
  expect(made.why ?? '').toBe('')
  expect(made.outcome).toBe('proven')
  expect(made.fix!.change.edits[0]!.text).toContain('list[list.length - 1]')
})
