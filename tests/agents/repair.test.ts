import { expect, test } from 'vitest'
import { bisect } from '../../agents/investigator/bisect.ts'
import type { Ground } from '../../agents/repair/ground.ts'
import { hunksOf } from '../../agents/repair/hunks.ts'
import { repairTests } from '../../agents/repair/repair.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import { blobOid } from '../../lib/domain/gitTree.ts'
import type { Commit } from '../../lib/domain/tree.ts'
import { shortHash } from '../../lib/policy/edits/edits.ts'
import type { Model } from '../../lib/world.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { DIAGNOSIS, groundOf, saying, text } from './model/bench.ts'

/** A failing test command in, a proven change or an honest answer out: in the real sandbox, on small repositories. */

const sandbox = testedSandbox()

const LAST = 'export function last(list) {\n  return list[list.length]\n}\n'
const TESTS = (path: string) =>
  `import { test } from 'node:test'\nimport assert from 'node:assert'\nimport { last } from '../${path}'\n` +
  `test('last', () => assert.equal(last([1, 2, 3]), 3))\ntest('is there', () => assert.ok(last))\n`
const repository = (path: string, more: Record<string, string> = {}) => ({
  'package.json': '{"name":"lists","version":"1.0.0","type":"module","scripts":{"test":"node --test"}}',
  [path]: LAST,
  'test/last.test.js': TESTS(path),
  ...more,
})

/** Straight to the runner where npm is not the question: its start is half of what such a run costs. */
function ground(
  files: Record<string, string>,
  model: Model | null = null,
  searchMs = 60_000,
  run = 'node --test',
): Ground {
  const copy = Object.entries(files).map(([path, body]) => ({ path, bytes: Buffer.from(body) }))
  const entries = copy.map(({ path, bytes }) => ({ path, mode: '100644', oid: blobOid(bytes), size: bytes.length }))
  const command = { command: run, env: {}, wallMs: 60_000, services: [] }
  return { ...groundOf(sandbox(), model), files: copy, texts: textsOf(copy), entries, command, searchMs }
}
const quiet = () => undefined

test('recipes find it, six runs prove it, and nothing else changes', async () => {
  const made = await repairTests(ground(repository('src/last.js'), null, 60_000, 'npm test'), quiet)
  expect(made).toMatchObject({ outcome: 'proven', fix: { change: { author: 'recipe' } } })
  expect(made.fix!.change.edits).toEqual([
    { path: 'src/last.js', text: LAST.replace('list.length]', 'list.length - 1]') },
  ])
  expect(made.fix!.proven!.proof.runs.map(({ side, asExpected }) => `${side}${asExpected}`).join(' ')).toBe(
    'Atrue Btrue Atrue Btrue Atrue Btrue',
  )
  expect(made.finding.where[0]).toMatchObject({ path: 'src/last.js' })
})

test('what runs once the tests pass, and wants a network, speaks against no repair', async () => {
  const scripts = { test: 'node --test', posttest: 'echo "npm error code ENOTCACHED" >&2; exit 1' }
  const files = repository('src/last.js', {
    'package.json': JSON.stringify({ name: 'lists', type: 'module', scripts }),
  })
  expect(await repairTests(ground(files, null, 60_000, 'npm test'), quiet)).toMatchObject({ outcome: 'proven' })
})

test('where two changes at two places pass as well, nobody guesses: both are told', async () => {
  const source = 'const withFee = (n) => n + 1\n\n\n\n\nexport const last = (n) => withFee(n) + 1\n'
  const says =
    "import { test } from 'node:test'\nimport assert from 'node:assert'\nimport { last } from '../src/last.js'\n"
  const files = repository('src/last.js', { 'src/last.js': source })
  const made = await repairTests(
    ground({ ...files, 'test/last.test.js': `${says}test('one fee', () => assert.equal(last(3), 4))\n` }),
    quiet,
  )
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, attempts: [] })
  expect(made.why).toContain('the tests do not tell these two apart')
  const lines = made.green.map(({ edits }) =>
    edits[0]!.text.split('\n').findIndex((line, at) => line !== source.split('\n')[at]),
  )
  expect(new Set(lines)).toEqual(new Set([0, 5]))
})

test('a model that is asked then is told of both, and chooses', async () => {
  const source = 'const withFee = (n) => n + 1\n\n\n\n\nexport const last = (n) => withFee(n) + 1\n'
  const says =
    "import { test } from 'node:test'\nimport assert from 'node:assert'\nimport { last } from '../src/last.js'\n"
  const files = {
    ...repository('src/last.js', { 'src/last.js': source }),
    'test/last.test.js': `${says}test('one fee', () => assert.equal(last(3), 4))\n`,
  }
  const edits = [{ path: 'src/last.js', hash: shortHash(source), search: 'withFee(n) + 1', replace: 'withFee(n)' }]
  const why = { ...DIAGNOSIS, suspectCommit: null, where: [{ path: 'src/last.js', line: 6 }] }
  const held = {
    ...why,
    hypotheses: [{ claim: 'The fee is added twice.', verdict: 'holds', for: ['line:src/last.js:6'], against: [] }],
  }
  const model = saying([
    text(held),
    text({ edits, explanation: 'The fee was added twice.' }),
    text({ verdict: 'none', why: '', at: null }),
  ])
  const made = await repairTests(ground(files, model), quiet)
  expect(made).toMatchObject({ outcome: 'proven', fix: { change: { author: 'model' } } })
  const asked = JSON.stringify(model.asked[1]!.turns)
  expect(asked).toContain('the tests do not say which')
  expect(asked.match(/<candidate mark/g)!.length).toBeGreaterThan(1)
})

test('a proven change of a protected file is refused, and says why', async () => {
  const made = await repairTests(ground(repository('src/auth/last.js')), quiet)
  expect(made.outcome).toBe('refused')
  expect(made.why).toContain('protected: src/auth/last.js')
})

test('a change that leaves types or lint worse than they were is not proven', async () => {
  // A linter that has something against `list.length - 1`, and against one line that is there already.
  const lint =
    "const { readFileSync } = require('node:fs')\n" +
    "const bad = readFileSync('src/last.js', 'utf8').split('\\n').flatMap((line, at) => (/length - 1|at\\(-1\\)|export/.test(line) ? [at] : []))\n" +
    "for (const at of bad) console.log('src/last.js:' + (at + 1) + ':1 no')\nprocess.exit(bad.length ? 1 : 0)\n"
  const files = repository('src/last.js', { 'tools/lint.cjs': lint })
  const made = await repairTests(
    { ...ground(files, null, 15_000), checks: ['node tools/lint.cjs', 'nobody-has-this'] },
    quiet,
  )
  expect(made.outcome).toBe('not-fixed')
  expect(made.attempts[0]).toMatchObject({
    end: 'not-proven',
    why: '`node tools/lint.cjs` finds 2 problems with it, 1 without',
  })
})

test('where every test passes there is nothing to repair', async () => {
  const files = repository('src/last.js', { 'src/last.js': LAST.replace('list.length]', 'list.length - 1]') })
  expect(await repairTests(ground(files), quiet)).toMatchObject({ outcome: 'nothing-fails', fix: null })
})

test('a test that fails now and then, or for want of a host, is nobody’s fault', async () => {
  const flaky =
    "import { test } from 'node:test'\ntest('now and then', () => { if (process.pid % 2 || Math.random() < 0.5) throw new Error(String(Math.random()).replace(/\\d/g, (d) => 'abcdefghij'[d])) })\n"
  const host =
    "import { test } from 'node:test'\ntest('asks', async () => { const e = new Error('getaddrinfo ENOTFOUND api.example'); throw e })\n"
  const files = { ...repository('src/last.js'), 'test/last.test.js': host, 'test/flaky.test.js': flaky }
  const made = await repairTests(ground(files), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', finding: { cause: 'no-code-cause' }, attempts: [] })
})

test('a model is asked where recipes find nothing, is told what became of its attempt, and is proven like anybody', async () => {
  const edit = (replace: string) => ({
    edits: [{ path: 'src/last.js', hash: shortHash(LAST), search: 'list[list.length]', replace }],
    explanation: 'The index was one too high.',
  })
  const why = { ...DIAGNOSIS, suspectCommit: null }
  const none = { verdict: 'none', why: '', at: null }
  const model = saying([text(why), text(edit('list[0]')), text(edit('list[list.length - 1]')), text(none)])
  const made = await repairTests(ground(repository('src/last.js'), model, 0), quiet)
  expect(made).toMatchObject({ outcome: 'proven', steps: 4, spend: { calls: 4 }, fix: { change: { author: 'model' } } })
  expect(made.attempts.map(({ end }) => end)).toEqual(['not-proven', 'proven'])
  // A call of this model takes a millisecond.
  expect(made.stages.model).toBe(4)
  expect(JSON.stringify(model.asked[2]!.turns)).toMatch(/Attempt 1 was not taken:.*no failing test passes with it/)
})

test('a model may say that nothing in this code is to be repaired, with a reason', async () => {
  const why = { ...DIAGNOSIS, suspectCommit: null }
  const says = [
    { edits: [], explanation: ' ' },
    { edits: [], explanation: 'The test wants 3 of an empty list.' },
  ]
  const model = saying([text(why), ...says.map(text)])
  const made = await repairTests(ground(repository('src/last.js'), model, 0), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', attempts: [], steps: 3 })
  expect(JSON.stringify(model.asked[2]!.turns.at(-1))).toContain('why not')
  expect(made.why).toContain('sees no repair in this code: The test wants 3 of an empty list.')
})

test('a reviewer may veto a change that is proven, and a change that treats the test as a special case never gets there', async () => {
  const edit = (replace: string) => ({
    edits: [{ path: 'src/last.js', hash: shortHash(LAST), search: '  return list[list.length]', replace }],
    explanation: 'x',
  })
  const files = repository('src/last.js')
  const named = files['test/last.test.js']!.replace('[1, 2, 3]), 3', "['ada', 'grace hopper']), 'grace hopper'")
  const veto = { verdict: 'veto', why: 'It breaks on an empty list.', at: 'src/last.js:2' }
  const model = saying([
    text({ ...DIAGNOSIS, suspectCommit: null }),
    text(edit("  if (list[1] === 'grace hopper') return 'grace hopper'\n  return list[list.length]")),
    text(edit('  return list.at(-1)')),
    text(veto),
    'unauthorised' as const,
  ])
  const made = await repairTests(ground({ ...files, 'test/last.test.js': named }, model, 0), quiet)
  expect(made.outcome).toBe('not-fixed')
  expect(made.attempts.map(({ end, proven }) => [end, proven?.tested.fixed.length ?? null])).toEqual([
    ['cheats', null],
    ['not-proven', 1],
  ])
  expect(made.attempts[0]!.why).toContain('it is no repair: src/last.js:2')
  expect(made.why).toContain('It breaks on an empty list')
  // The special case was not reviewed either.
  expect(model.asked.map(({ task }) => task)).toEqual(['diagnose', 'fix', 'fix', 'review', 'fix'])
})

test('executed blame finds the first commit at which today’s tests fail', async () => {
  const good = repository('src/last.js', { 'src/last.js': LAST.replace('list.length]', 'list.length - 1]') })
  const bad = repository('src/last.js')
  const commits = [good, good, bad, bad, bad].map((files, at): [Commit, Record<string, string>] => [
    { sha: String(at).repeat(40), tree: '', parents: [], author: '', at: '', subject: `commit ${at}` },
    files,
  ])
  const here = ground(bad)
  const first = await bisect(
    {
      ...here,
      judges: ['test/last.test.js'],
      history: {
        ...here.history,
        since: async (base) => commits.filter(([{ sha }]) => sha > base).map(([commit]) => commit),
        files: async (sha) =>
          Object.entries(commits.find(([commit]) => commit.sha === sha)![1])
            .filter(([path]) => !path.startsWith('test/'))
            .map(([path, body]) => ({ path, bytes: Buffer.from(body) })),
      },
    },
    '0'.repeat(40),
    [
      {
        id: 'test/last.test.js > last',
        file: 'test/last.test.js',
        titles: ['last'],
        state: 'failed',
        ms: 1,
        failure: null,
      },
    ],
  )
  expect(first?.subject).toBe('commit 2')
})

test('each hunk of a change can be undone by itself', () => {
  const before = { 'a.js': 'one\ntwo\nthree\nfour\nfive\n' }
  const after = 'ONE\ntwo\nthree\nmore\nfour\n'
  const hunks = hunksOf(before, [{ path: 'a.js', text: after }])
  expect(hunks.map(({ line, without }) => [line, without[0]?.text])).toEqual([
    [1, 'one\ntwo\nthree\nmore\nfour\n'],
    [4, 'ONE\ntwo\nthree\nfour\n'],
    [expect.any(Number), 'ONE\ntwo\nthree\nmore\nfour\nfive\n'],
  ])
})
