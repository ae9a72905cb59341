import type { Sql } from 'postgres'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { diagnose } from '../../agents/investigator/investigator.ts'
import { watch } from '../../agents/watcher/watcher.ts'
import { newestDiagnosis } from '../../lib/store/diagnoses.ts'
import { claimWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { otherFix } from '../store/fixture.ts'
import { launchEvent, minute, OLD, SHA, type SmallWorld, smallWorld } from './world.ts'

let db: FreshDatabase
let sql: Sql
let w: SmallWorld
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  sql = db.sql
  w = await smallWorld(sql)
  w.traffic = [minute('production'), minute('production', { sha: OLD, minute: '2026-11-01T00:00:00.000Z' })]
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

async function diagnosed() {
  await watch(w.reader, (await claimWork(sql, 'watcher', 60))!)
  const next = await diagnose(w.reader, (await claimWork(sql, 'investigator', 60))!)
  return { next, diagnosis: (await newestDiagnosis(sql, 1))! }
}

test('a crash in the repository with a captured request is a code fault, with its line and who wrote it', async () => {
  await w.event()
  const { next, diagnosis } = await diagnosed()
  expect(next).toEqual({ agent: 'implementer', inMs: 0 })
  expect(diagnosis).toMatchObject({ cause: 'code', remedy: 'code-fix' })
  expect(diagnosis.facts).toMatchObject({
    base: SHA,
    crash: { path: 'src/launch.ts', line: 2, type: 'TypeError' },
    suspect: { author: 'Ada' },
    previous: OLD,
    suspectIsNew: true,
    requests: [{ method: 'POST', path: '/api/campaigns/launch', body: '{"practiceId":"p-97"}' }],
  })
})

test('a line that moved since is found by its text', async () => {
  await w.event()
  w.files['src/launch.ts'] = `// new\n// lines\n${w.files['src/launch.ts']}`
  expect((await diagnosed()).diagnosis.facts.crash?.line).toBe(4)
})

test('a line that stands twice after it moved is not guessed', async () => {
  await w.event()
  w.files['src/launch.ts'] = '// new\n  return practice.id\n  return practice.id\n'
  w.files['src/launch.ts'] = `// new\n// one\n  return practice.id\n  return practice.id\n`
  const { next, diagnosis } = await diagnosed()
  expect(diagnosis.cause).toBe('inconclusive')
  expect(next).toEqual({ agent: 'releaser', inMs: 0 })
})

test('a line that stands twice is followed from the commit the event names', async () => {
  const twice = 'line one\n  return practice.id\n  return practice.id\n'
  w.before = { 'src/launch.ts': twice }
  w.files['src/launch.ts'] = `// new\n${twice}`
  await w.event({ release: OLD })
  expect((await diagnosed()).diagnosis.facts.crash?.line).toBe(3)
})

test('a line that was changed since is not looked for elsewhere', async () => {
  w.before = { 'src/launch.ts': 'line one\n  return practice.id\nline three\n' }
  w.files['src/launch.ts'] = 'line one\n  return practice?.id\nline three\n  return practice.id\n'
  await w.event({ release: OLD })
  expect((await diagnosed()).diagnosis.facts.crash).toBeNull()
})

/** A release on its way, whose branch is `before`. */
async function onItsWay(text: string) {
  w.before = { 'src/launch.ts': text }
  const fix = await otherFix(sql, w.project, {})
  await db.admin`update nightshift.fixes set base = ${SHA} where id = ${fix}`
  await db.admin`insert into nightshift.releases (project, fix, issue, state, facts)
    select project, id, issue, 'soaking', ${db.admin.json({ branchSha: OLD })} from nightshift.fixes where id = ${fix}`
}

test('while a release is on its way the repair starts on its branch, and the line is looked for there', async () => {
  await onItsWay(`// ours\n${w.files['src/launch.ts']}`)
  await w.event()
  await watch(w.reader, (await claimWork(sql, 'watcher', 60))!)
  const { issue } = (await sql<{ issue: number }[]>`select max(id) as issue from issues`)[0]!
  await diagnose(w.reader, (await claimWork(sql, 'investigator', 60))!)
  const { facts } = (await newestDiagnosis(sql, issue))!
  expect(facts).toMatchObject({ base: OLD, serving: SHA, crash: { path: 'src/launch.ts', line: 3 } })
})

test('a release that changes the very line is waited for; once it is out, an older event has no line to start from', async () => {
  await onItsWay(w.files['src/launch.ts']!.replace('practice.id', 'practice?.id'))
  await w.event()
  await watch(w.reader, (await claimWork(sql, 'watcher', 60))!)
  const { issue } = (await sql<{ issue: number }[]>`select max(id) as issue from issues`)[0]!
  const lease = (await claimWork(sql, 'investigator', 60))!
  expect(await diagnose(w.reader, lease)).toEqual({ agent: 'investigator', inMs: 15_000 })
  expect(await newestDiagnosis(sql, issue)).toBeNull()
  await db.admin`update nightshift.releases set state = 'cured'`
  w.files['src/launch.ts'] = w.before!['src/launch.ts']!
  await diagnose(w.reader, lease)
  expect(await newestDiagnosis(sql, issue)).toMatchObject({ cause: 'inconclusive', facts: { base: SHA, crash: null } })
})

test('an error that ends in a network failure has no code cause, and no branch comes of it', async () => {
  const { exception } = launchEvent() as { exception: { values: object[] } }
  const cause = { type: 'Error', value: 'connect ECONNREFUSED 127.0.0.1:9', mechanism: { handled: false } }
  await w.event({ exception: { values: [cause, ...exception.values] } })
  const { next, diagnosis } = await diagnosed()
  expect(diagnosis.cause).toBe('no-code-cause')
  expect(next).toEqual({ agent: 'releaser', inMs: 0 })
})

test.each(['../../etc/passwd', '/proc/self/environ', 'src/../.env', 'src/unknown.ts'])(
  'a frame that names %s leads nowhere',
  async (filename) => {
    const event = launchEvent() as { exception: { values: { stacktrace: { frames: object[] } }[] } }
    event.exception.values[0]!.stacktrace.frames = [{ filename, function: 'f', lineno: 1, in_app: true }]
    await w.event(event)
    expect((await diagnosed()).diagnosis.facts.crash).toBeNull()
  },
)
