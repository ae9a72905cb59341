import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { checkout } from '../../agents/implementer/checkout.ts'
import { proposeByModel } from '../../agents/implementer/proposeByModel.ts'
import { diagnose } from '../../agents/investigator/investigator.ts'
import { watch } from '../../agents/watcher/watcher.ts'
import { shortHash } from '../../lib/policy/edits/edits.ts'
import { newestDiagnosis } from '../../lib/store/diagnoses.ts'
import { draft, markRefused } from '../../lib/store/fixes.ts'
import { issue } from '../../lib/store/issues.ts'
import { project } from '../../lib/store/projects.ts'
import { claimWork } from '../../lib/store/work.ts'
import type { Model } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { recordingSandbox, saying, text } from './model/bench.ts'
import { minute, SHA, type SmallWorld, smallWorld } from './world.ts'

/** The rung behind the recipes on the server: what a model is told of a fault in production, and what is taken from it. */

let db: FreshDatabase
let sql: Sql
let w: SmallWorld
const open: FreshDatabase[] = []

const SOURCE = 'export function launch(practice) {\n  return practice.id\n}\n'

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  w = await smallWorld(sql)
  w.files['src/launch.ts'] = SOURCE
  w.files['nightshift.json'] = JSON.stringify({ test: { run: 'npm test', report: 'tap' } })
  w.traffic = [minute('production')]
  await w.event()
  await watch(w.reader, (await claimWork(sql, 'watcher', 60))!)
  await diagnose(w.reader, (await claimWork(sql, 'investigator', 60))!)
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

const edit = (replace: string) => ({ path: 'src/launch.ts', hash: shortHash(SOURCE), search: 'practice.id', replace })
const answer = (replace: string) => text({ edits: [edit(replace)], explanation: 'The practice may be missing.' })

/** Asks as the implementer does; also the names of the transcripts. */
async function proposed(model: Model | null) {
  const names: string[] = []
  const world = {
    ...{ ...w.reader, sandbox: recordingSandbox().sandbox },
    model:
      model &&
      ((_budget: unknown, name: string) => {
        names.push(name)
        return model
      }),
  }
  const shop = (await project(sql, w.project))!
  const base = await checkout(world.code(shop), SHA)
  const diagnosis = (await newestDiagnosis(sql, 1))!
  return { names, made: await proposeByModel(world, shop, (await issue(sql, 1))!, diagnosis, base, null) }
}

test('a model is told the failure of production and the place, and its edits are a proposal like any other', async () => {
  const model = saying([answer('practice?.id ?? null')])
  const { made, names } = await proposed(model)
  expect(made).toMatchObject({
    ok: true,
    patch: expect.stringMatching(/^[0-9a-f]{16,}$/),
    proposal: { recipe: 'model', summary: 'The practice may be missing.' },
  })
  expect(made.ok && made.proposal.edits).toEqual([
    { path: 'src/launch.ts', text: SOURCE.replace('practice.id', 'practice?.id ?? null') },
  ])
  expect(names).toEqual(['shop/issue-1/attempt-0'])
  // Of the past it is offered what the port for reading code knows.
  expect(model.asked[0]!.tools.map(({ name }) => name)).toEqual(['list', 'read', 'search', 'blame', 'test', 'run'])
  const asked = JSON.stringify(model.asked[0])
  for (const part of [
    'in production: POST /api/campaigns/launch',
    'Cannot read properties of undefined',
    'src/launch.ts',
  ])
    expect(asked).toContain(part)
  // Of a request in production nothing but its route leaves for a model.
  expect(asked).not.toContain('p-97')
})

test('without a model there is no such rung', async () => {
  expect((await proposed(null)).made).toEqual({ ok: false, why: 'no model was chosen', end: 'no-good' })
})

test('an attempt that was refused is told with its reason, and the very patch is not taken again', async () => {
  const first = (await proposed(saying([answer('practice!.id')]))).made
  if (!first.ok) throw new Error(first.why)
  await draft(sql, { id: 'f'.repeat(12), project: w.project, issue: 1, attempt: 1, base: SHA })
  const refused = { why: 'the reproduction still fails', proof: null, patch: first.patch, final: false }
  await markRefused(sql, 'f'.repeat(12), {
    ...refused,
    diff: [{ path: 'src/launch.ts', rows: [{ kind: 'add', text: '  return practice!.id' }] }] as never,
  })
  const model = saying([answer('practice!.id')])
  const { made, names } = await proposed(model)
  expect(made).toMatchObject({ ok: false, why: 'the model proposes a patch that was refused before' })
  expect(names).toEqual(['shop/issue-1/attempt-1'])
  const asked = JSON.stringify(model.asked[0])
  expect(asked).toContain('the reproduction still fails')
  expect(asked).toContain('+  return practice!.id')
})

test('a model that sees no repair, is down, or keeps to no shape proposes nothing, with the reason', async () => {
  const none = await proposed(saying([text({ edits: [], explanation: 'The caller sends no practice.' })]))
  expect(none.made).toMatchObject({
    ...{ ok: false, end: 'no-repair' },
    why: expect.stringContaining('The caller sends no practice.'),
  })
  const down = await proposed(saying(['unavailable']))
  expect(down.made).toMatchObject({
    ok: false,
    end: 'unavailable',
    why: expect.stringContaining('the model proposes nothing'),
  })
  const shapeless = await proposed(saying([text('I would change line 2.')]))
  expect(shapeless.made).toMatchObject({ ok: false, why: expect.stringContaining('the model proposes nothing') })
})
