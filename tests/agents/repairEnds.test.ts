import { expect, test } from 'vitest'
import { bisect } from '../../agents/investigator/bisect.ts'
import type { Ground } from '../../agents/repair/ground.ts'
import { unmissed } from '../../agents/repair/hunks.ts'
import { reachedBy } from '../../agents/repair/reach.ts'
import { BrokenOff, repairTests } from '../../agents/repair/repair.ts'
import { runTests } from '../../agents/repair/run.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import type { SandboxResult, SandboxRun } from '../../lib/domain/sandbox.ts'
import type { TestRun, TestTask } from '../../lib/domain/testRun.ts'
import { Fault } from '../../lib/errors.ts'
import { shortHash } from '../../lib/policy/edits/edits.ts'
import type { Model, Sandbox } from '../../lib/world.ts'
import { failed, passed, run } from '../policy/runs.ts'
import { COMMIT, DIAGNOSIS, groundOf, saying, text } from './model/bench.ts'

/** What a repair makes of a sandbox that comes to another end than a test run's: two files with a test each. */

const RIGHT = 'export default 2\n'
const FILES = { 'a.js': 'export default 1\n', 'b.js': 'export default 1\n', 'a.test.js': '', 'b.test.js': '' }
const [A, B] = ['a.test.js > a', 'b.test.js > b']

const said = (value: unknown): SandboxResult => ({
  ...{ end: 'exited', exit: 0, stdout: JSON.stringify(value), stderr: '', truncated: false, egress: 0, ms: 1 },
})
const MEMORY: SandboxResult = { ...said(null), end: 'out-of-memory', exit: null, stdout: '' }

type Files = Record<string, string>
const testOf = (files: Files, name: string) => {
  const id = `${name}.test.js > ${name}`
  const file = `${name}.test.js`
  if (files[`${name}.js`] === RIGHT) return { ...passed(id), file }
  const why = { message: `${name} is 1`, frames: [{ path: `${name}.js`, line: 1, column: 1, function: null }] }
  return { ...failed(id, why), file }
}
const runOf = (files: Files, task: TestTask): TestRun => {
  const names = task.only ? task.only.map(({ file }) => file!.slice(0, 1)) : ['a', 'b']
  return run(names.map((name) => testOf(files, name)))
}

/** Runs what a repair asks for on the files as they are; `ends` may end the sandbox of a run before. */
function sandbox(ends: (files: Files, task: TestTask) => SandboxResult | null = () => null): Sandbox {
  const search = { recipe: 'flip', edits: [{ path: 'b.js', text: RIGHT }], summary: 'b', assumes: [], score: 0.5 }
  return {
    async run({ argv, stdin = '', files }: SandboxRun) {
      if (argv[1]?.endsWith('search.js')) return said([{ ok: true, proposal: { ...search, modelledOn: null } }])
      if (!argv[1]?.endsWith('tests/main.js')) return said([])
      const task = JSON.parse(stdin) as TestTask
      const here = Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]))
      const ended = ends(here, task)
      if (ended) return ended
      if (task.kind === 'test') return said({ kind: 'test', run: runOf(here, task) })
      if (task.kind === 'spectrum') return said({ kind: 'spectrum', runs: [] })
      const results = task.candidates.map((candidate) => {
        const ids = (state: string, { tests }: TestRun) =>
          tests.filter((one) => one.state === state).map(({ id }) => id)
        const there = { ...here, ...candidate }
        const [alone, whole] = [runOf(there, task), runOf(there, { ...task, only: null })]
        const broken = ids('failed', whole).filter((id) => !task.known.includes(id))
        return { passed: ids('passed', alone), failed: ids('failed', alone), broken, ms: 1 }
      })
      return said({ kind: 'screen', results })
    },
    install: async () => ({ ok: false, why: '', output: '' }),
    adopt: async () => ({ ok: false, why: '' }),
    selfTest: async () => ({ ok: true, boundary: 'none', probes: [] }),
  }
}

function ground(box: Sandbox, files: Files = FILES): Ground {
  const copy = Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }))
  const entries = copy.map(({ path, bytes }) => ({ path, mode: '100644', oid: blobOid(bytes), size: bytes.length }))
  return { ...groundOf(box), files: copy, texts: textsOf(copy), entries }
}
const quiet = () => undefined

test('a test that nobody asked about is not repaired instead, and is named', async () => {
  const made = await repairTests({ ...ground(sandbox()), isMeant: (id) => id === A }, quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, unasked: [B], search: { green: 0 } })
  const asked = await repairTests({ ...ground(sandbox()), isMeant: (id) => id === B }, quiet)
  expect(asked).toMatchObject({
    outcome: 'proven',
    unasked: [A],
    fix: { proven: { tested: { fixed: [B], left: [] } } },
  })
})

test('what the tests run is asked of those that are meant alone', async () => {
  const asked: (string | null)[] = []
  const box = sandbox((_, { only }) => {
    asked.push(...(only ?? []).map(({ file }) => file))
    return null
  })
  await repairTests({ ...ground(box), isMeant: (id) => id === B, searchMs: 0 }, quiet)
  expect([...new Set(asked)]).toEqual(['b.test.js'])
})

test('where none of the tests that are meant fails, others are left alone', async () => {
  const made = await repairTests({ ...ground(sandbox()), isMeant: () => false }, quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', attempts: [], why: expect.stringContaining('other tests do') })
})

test('a change whose run ends the sandbox is not proven, and says so; the diagnosis stands', async () => {
  const box = sandbox(({ 'b.js': b }, { kind }) => (b === RIGHT && kind === 'test' ? MEMORY : null))
  const made = await repairTests(ground(box), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', finding: { cause: 'code' } })
  expect(made.attempts.map(({ end, why }) => [end, why])).toEqual([
    ['not-proven', expect.stringContaining('could not be run to their end: The sandbox ended (out-of-memory')],
  ])
})

test('what only tells more is unknown where it ends the sandbox', async () => {
  const box = sandbox((_, { kind }) => (kind === 'spectrum' ? MEMORY : null))
  expect(await repairTests({ ...ground(box), isMeant: (id) => id === B }, quiet)).toMatchObject({ outcome: 'proven' })
  const dead = ground(sandbox(() => MEMORY))
  const edits = [
    { path: 'a.js', text: RIGHT },
    { path: 'b.js', text: RIGHT },
  ]
  expect(await unmissed(dead, edits, [])).toEqual([])
  const red = { targets: [failed(A)], stable: [], flickering: [], outside: [], unasked: [] }
  expect(await reachedBy(dead, dead.files, edits, red, [A])).toEqual([A])
  const history = { ...dead.history, since: async () => [COMMIT] }
  expect(await bisect({ ...dead, history }, 'b'.repeat(40), [failed(A)])).toBeNull()
})

test('an answer counts only where the harness came to its own end', async () => {
  const forged = said({ kind: 'test', run: run([passed(A), passed(B)]) })
  for (const end of [{ end: 'killed' as const, exit: null }, { exit: 137 }]) {
    const box = sandbox(() => ({ ...forged, ...end }))
    await expect(runTests(ground(box), [])).rejects.toMatchObject({ code: 'HARNESS_FAILED' })
  }
})

test('what was found out is not lost where something else breaks it off', async () => {
  const here = ground(sandbox())
  const broken = new Fault('CODE_UNREACHABLE', 'git is gone')
  const history = { ...here.history, blame: async () => Promise.reject(broken) }
  const ended = await repairTests({ ...here, history }, quiet).catch((error: unknown) => error)
  expect(ended).toBeInstanceOf(BrokenOff)
  expect(ended).toMatchObject({ cause: broken, so: { outcome: 'not-fixed', baseline: { tests: { length: 2 } } } })
})

const WHY = text({
  ...{ ...DIAGNOSIS, suspectCommit: null, where: [{ path: 'b.js', line: 1 }] },
  hypotheses: [{ claim: 'It is one too low.', verdict: 'holds', for: ['line:b.js:1'], against: [] }],
})
const FIX = text({
  edits: [{ path: 'b.js', hash: shortHash(FILES['b.js']), search: '1', replace: '2' }],
  explanation: 'One too low.',
})
const asking = (model: Model): Ground => ({ ...ground(sandbox()), isMeant: (id) => id === B, searchMs: 0, model })

test('a conversation that came to nothing ends one attempt, not all of them', async () => {
  const none = text({ verdict: 'none', why: '', at: null })
  const made = await repairTests(asking(saying([WHY, text('hm'), text('hm'), FIX, none])), quiet)
  expect(made).toMatchObject({ outcome: 'proven', fix: { change: { name: 'attempt 2' } }, spend: { calls: 5 } })
  const late = await repairTests(asking(saying([WHY, 'timed-out', text('hm')])), quiet)
  expect(late).toMatchObject({ outcome: 'not-fixed', attempts: [], spend: { calls: 6 } })
  expect(late.why).toContain('3 attempts were not proven, one without a change: its answer was no good')
})

test.each([
  ['unauthorised' as const, 'the model did not answer (unauthorised)'],
  ['over-budget' as const, 'the model did not answer (over-budget)'],
  [text({ edits: [], explanation: 'The test is wrong.' }), 'the model sees no repair in this code'],
])('one that would end the same way again ends them (%#)', async (said, why) => {
  const made = await repairTests(asking(saying([WHY, said, FIX])), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', attempts: [], spend: { calls: 2 } })
  expect(made.why).toContain(why)
})
