import { describe, expect, test } from 'vitest'
import { judgeTest } from '../../agents/repair/judgeTest.ts'
import type { TestCase, TestRun } from '../../lib/domain/testRun.ts'
import { failed, passed, run } from '../policy/runs.ts'
import { eventOf, groundWith, SOURCE } from './greeter.ts'
import { DEAD, type Kind, type Says, said, scripted } from './scripted.ts'

/** What a written test is judged by, one end after the other: a sandbox that answers each run as the case wants it. */

const NEW = 'tests/new.test.js'
const OLD = 'tests/greet.test.js > greets'
const LINE = '  return json(res, 200, { hello: user.name })'
const EVENT = eventOf(null, { context_line: LINE })
const FILES = { 'src/greet.js': SOURCE, 'tests/greet.test.js': 'greets()\n' }
const TEST = { path: NEW, text: "test('nobody', () => greet({ id: 'nobody', res: {} }))\n" }

const AT = { path: 'src/greet.js', line: 13, column: 40, function: 'greet' }
const red = (over: Partial<NonNullable<TestCase['failure']>> = {}, name = 'nobody'): TestCase => ({
  ...failed(`${NEW} > ${name}`, { type: 'TypeError', message: "of undefined (reading 'name')", frames: [AT], ...over }),
  file: NEW,
})
const green: TestCase = { ...passed(`${NEW} > nobody`), file: NEW }
const old = (one = passed): TestCase => ({ ...one(OLD), file: 'tests/greet.test.js' })

const good = (kind: Kind): TestRun => run(kind === 'alone' ? [red()] : kind === 'among' ? [red(), old()] : [old()])
const judged = (says: Parameters<typeof scripted>[0], over: object = {}, event = EVENT) =>
  judgeTest({ ...groundWith(scripted(says, NEW), FILES, null), ...over }, { run: run([old()]), egress: 0 }, event, TEST)

test('one that fails as the event did, and changes no other, is ground to repair on', async () => {
  const box = scripted(good, NEW)
  const ground = { ...groundWith(box, FILES, null), judges: ['tests/greet.test.js'], goodBase: 'a'.repeat(40) }
  const made = await judgeTest(ground, { run: run([old()]), egress: 0 }, EVENT, TEST)
  if (!made.ok) throw new Error(made.why)
  expect(made.base.red).toMatchObject({ targets: [{ id: red().id }], stable: [OLD], unasked: [] })
  expect(box.runs.filter((kind) => kind === 'alone')).toHaveLength(3)
  // Three of everything, and one of what is red.
  expect(box.runs.filter((kind) => kind === 'among')).toHaveLength(4)
  expect(made.ground).toMatchObject({ judges: ['tests/greet.test.js', NEW], goodBase: null })
  expect(made.ground.texts[NEW]).toBe(TEST.text)
  expect(made.ground.entries.map(({ path }) => path)).toContain(NEW)
  expect([made.ground.isMeant(red().id), made.ground.isMeant(OLD)]).toEqual([true, false])
})

test('another that fails already is nobody’s to repair here, and one of its own may pass', async () => {
  const made = await judgeTest(
    groundWith(
      scripted(
        (kind) => run([red(), { ...passed(`${NEW} > more`), file: NEW }, ...(kind === 'alone' ? [] : [old(failed)])]),
        NEW,
      ),
      FILES,
      null,
    ),
    { run: run([old(failed)]), egress: 0 },
    EVENT,
    TEST,
  )
  expect(made).toMatchObject({ ok: true, base: { red: { targets: [{ id: red().id }], unasked: [OLD] } } })
})

const onlyAt = (kind: Kind, at: number | null, says: Says) => (one: Kind, nth: number) =>
  one === kind && (at === null || nth === at) ? says : good(one)

describe('shows nothing', () => {
  test.each<[why: string, says: Parameters<typeof scripted>[0], end: string, told: string]>([
    ['the command does not run it', onlyAt('alone', 0, run([old()])), 'not-run', 'does not run it'],
    [
      'it ends the run',
      onlyAt('alone', 0, run([{ ...failed('command', { message: 'Cannot find gone.js' }), file: null }])),
      'not-run',
      'it ends the run: Cannot find gone.js',
    ],
    ['it is skipped', onlyAt('alone', 0, run([{ ...red(), state: 'skipped' }])), 'not-run', 'does not run it'],
    ['it ends the sandbox', onlyAt('alone', 0, DEAD), 'not-run', 'out-of-memory'],
    ['it is run by its name alone', onlyAt('among', 0, run([old()])), 'not-run', 'does not run it'],
    ['it ends that of the others', onlyAt('among', 0, DEAD), 'not-run', 'could not be run to their end'],
    ['it passes', onlyAt('alone', 0, run([green])), 'passes', 'passes on the code as it stands'],
    ['it passes once', onlyAt('alone', 2, run([green])), 'flickers', 'differently'],
    ['another of its tests fails once', onlyAt('alone', 1, run([red(), red({}, 'more')])), 'flickers', 'differently'],
    ['one instead of the other', onlyAt('alone', 1, run([red({}, 'more')])), 'flickers', 'differently'],
    ['it passes among others', onlyAt('among', null, run([green, old()])), 'flickers', 'among the others'],
    ['it passes once among others', onlyAt('among', 3, run([green, old()])), 'flickers', 'among the others'],
    ['it asserts', onlyAt('alone', null, run([red({ type: 'AssertionError' })])), 'otherwise', 'another error'],
    [
      'it throws by itself',
      onlyAt('alone', null, run([red({ frames: [{ ...AT, path: NEW }] })])),
      'otherwise',
      'another file',
    ],
    [
      'it fails elsewhere',
      onlyAt('alone', null, run([red({ frames: [{ ...AT, function: 'show' }] })])),
      'otherwise',
      'another function',
    ],
    [
      'it fails at another line',
      onlyAt('alone', null, run([red({ frames: [{ ...AT, line: 12 }] })])),
      'otherwise',
      'another statement',
    ],
    [
      'one of its tests does',
      onlyAt('alone', null, run([red(), red({ type: 'RangeError' }, 'more')])),
      'otherwise',
      'another error',
    ],
    [
      'it does not say how it fails',
      onlyAt('alone', null, run([{ ...red(), failure: null }])),
      'otherwise',
      'without saying how',
    ],
    ['it fails otherwise once', onlyAt('alone', 2, run([red({ type: 'RangeError' })])), 'otherwise', 'another error'],
    [
      'it fails otherwise among others',
      onlyAt('among', 3, run([red({ type: 'RangeError' }), old()])),
      'otherwise',
      'another error',
    ],
    ['it breaks another', onlyAt('among', null, run([red(), old(failed)])), 'disturbs', 'tests end differently'],
    ['it breaks another once', onlyAt('among', 0, run([red(), old(failed)])), 'disturbs', 'tests end differently'],
    ['another is gone', onlyAt('among', null, run([red()])), 'disturbs', 'tests end differently'],
    [
      'its stack names a line that nothing ran',
      onlyAt('alone', null, { ...run([red()]), coverage: { 'src/greet.js': [1, 12, 1, 13, 13, 0] } }),
      'otherwise',
      'never run',
    ],
    [
      'it wants another host',
      onlyAt('alone', 0, { egress: 1, stdout: said({ kind: 'test', run: run([red()]) }).stdout }),
      'outside',
      'another host',
    ],
    [
      'it wants one among others',
      onlyAt('among', 2, { egress: 1, stdout: said({ kind: 'test', run: run([red()]) }).stdout }),
      'outside',
      'another host',
    ],
  ])('where %s', async (_, says, end, told) => {
    expect(await judged(says)).toMatchObject({ ok: false, end, why: expect.stringContaining(told) })
  })

  test('where what failed is the network, as in the event', async () => {
    const down = red({ message: 'connect ECONNREFUSED 127.0.0.1:5432' })
    const says = (kind: Kind) => run(kind === 'without' ? [old()] : [down, ...(kind === 'alone' ? [] : [old()])])
    expect(await judged(says)).toMatchObject({
      ok: false,
      end: 'outside',
      why: expect.stringContaining('outside of this'),
    })
  })

  test('where the project protects the place', async () => {
    expect(await judged(good, { protect: ['tests/**'] })).toMatchObject({ ok: false, end: 'protected' })
  })

  test('where it brings a problem of lint', async () => {
    const made = await judged(good, { checks: ['lint'] })
    expect(made).toMatchObject({ ok: false, end: 'disturbs', why: expect.stringContaining('`lint` finds 1 problem') })
  })
})

test('what flickers without it is not its doing', async () => {
  const says = (kind: Kind, at: number) =>
    kind === 'without' ? run([old(failed)]) : kind === 'among' && at === 0 ? run([red(), old(failed)]) : good(kind)
  expect(await judged(says)).toMatchObject({ ok: true, base: { red: { flickering: [OLD] } } })
})

test('what the coverage does not know speaks against nothing', async () => {
  const covered = (coverage: TestRun['coverage']) => (kind: Kind) => ({ ...good(kind), coverage })
  expect(await judged(covered(null))).toMatchObject({ ok: true })
  expect(await judged(covered({ 'src/other.js': [1, 1, 0] }))).toMatchObject({ ok: true })
  expect(await judged(covered({ 'src/greet.js': [13, 13, 1] }))).toMatchObject({ ok: true })
})
