import { afterAll, beforeEach, expect, test } from 'vitest'
import { watch } from '../../agents/watcher/watcher.ts'
import { issuesOf } from '../../lib/store/issues.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { minute, OLD, SHA, type SmallWorld, smallWorld } from './world.ts'

/** The same thing going wrong is one issue, under everything that makes events differ; two things are two. */
let db: FreshDatabase
let w: SmallWorld
const open: FreshDatabase[] = []

beforeEach(async () => {
  db = await freshDatabase()
  open.push(db)
  w = await smallWorld(db.sql)
  w.files['src/book.ts'] = 'one\n  return slot.id\n  return slot.id\nthree\n'
  w.traffic = [minute('production')]
})
afterAll(() => Promise.all(open.map((one) => one.drop())))

interface At {
  file?: string
  function?: string
  line?: number
  context?: string
  in_app?: boolean
}
interface What {
  type?: string
  value?: string
  frames?: At[]
  route?: string
  release?: string
  user?: number
}

const CRASH: At = { file: 'src/launch.ts', function: 'launch', line: 2, context: '  return practice.id' }
const MISSING = "Cannot read properties of undefined (reading 'id')"

/** An event as the SDK sends it, the crash last. */
async function happens({
  type = 'TypeError',
  value = MISSING,
  frames = [CRASH],
  route,
  release = SHA,
  user = 1,
}: What) {
  const [method, path] = (route ?? 'POST /api/campaigns/launch').split(' ')
  await w.event({
    release,
    user: { id: `user:${String(user).repeat(16).slice(0, 16)}` },
    transaction: route,
    request: { method, url: `http://localhost:3001${path}`, headers: {}, data: '{}' },
    exception: {
      values: [
        {
          ...{ type, value, mechanism: { type: 'generic', handled: false } },
          stacktrace: {
            frames: frames.map(({ file = 'src/launch.ts', function: fn, line = 2, context, in_app = true }) => ({
              ...{ filename: `/app/${file}`, function: fn, lineno: line, colno: 3, in_app, context_line: context },
            })),
          },
        },
      ],
    },
  })
}

async function issues() {
  await db.sql`update work set due_at = now(), lease_until = null where subject like 'project:%'`
  const lease = (await claimWork(db.sql, 'watcher', 60))!
  await finishWork(db.sql, lease, await watch(w.reader, lease))
  return (await issuesOf(db.sql, w.project)).map(({ seen, users, route }) => ({ seen, users, route }))
}

const CALLER: At = { file: 'src/book.ts', function: 'handle', line: 1, context: 'one' }
const WRAPPER: At = { file: 'node_modules/express/lib/layer.js', function: 'handle', line: 95, in_app: false }

test.each<[string, What[]]>([
  ['a deploy shifts its line', [{}, { release: OLD, frames: [{ ...CRASH, line: 40 }] }]],
  [
    'ids stand in its message',
    [{ value: 'no practice p-97 (request 4711)' }, { value: 'no practice p-12 (request 9)' }],
  ],
  ['it is reached through two entry points', [{}, { route: 'POST /api/mailings/send', frames: [CALLER, CRASH] }]],
  ['an async wrapper comes and goes', [{}, { frames: [WRAPPER, { ...CRASH, function: 'async launch' }] }]],
  ['white space of its line changes', [{}, { frames: [{ ...CRASH, context: '      return  practice.id' }] }]],
  ['another user meets it', [{ user: 1 }, { user: 2 }]],
])('one issue, though %s', async (_, seen) => {
  for (const one of seen) await happens(one)
  expect((await issues()).map((issue) => issue.seen)).toEqual([seen.length])
})

test.each<[string, What[]]>([
  ['say the same in different functions', [{}, { frames: [{ ...CRASH, function: 'relaunch' }] }]],
  [
    'say the same on different lines of one function',
    [{}, { frames: [{ ...CRASH, context: '  return clinician.id' }] }],
  ],
  [
    'say the same in different files',
    [{}, { frames: [{ file: 'src/book.ts', function: 'launch', line: 2, context: '  return slot.id' }] }],
  ],
  ['differ in their type at one line', [{}, { type: 'RangeError', value: 'Invalid array length' }]],
])('two issues, where two faults %s', async (_, seen) => {
  for (const one of seen) await happens(one)
  expect((await issues()).map((issue) => issue.seen)).toEqual([1, 1])
})

test('a hundred mixed events of three faults are three issues with their own counts and users', async () => {
  const faults: What[] = [
    {},
    { frames: [{ ...CRASH, function: 'relaunch' }] },
    { type: 'RangeError', value: 'Invalid array length' },
  ]
  for (let i = 0; i < 100; i++) await happens({ ...faults[i % 3], user: i % 4, release: i % 2 ? SHA : OLD })
  const found = (await issues()).sort((a, b) => b.seen - a.seen)
  expect(found.map((issue) => issue.seen)).toEqual([34, 33, 33])
  expect(found.map((issue) => issue.users)).toEqual([4, 4, 4])
})
