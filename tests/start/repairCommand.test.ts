import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emulateModel } from '../../emulators/model.ts'
import { shortHash } from '../../lib/policy/edits/edits.ts'
import { run } from '../browser/command.ts'
import { CHECKOUT } from '../setup/compiled.ts'

/** `nightshift repair` as somebody runs it who has a checkout and nothing else: no server, no account, no settings. */

let home: string
let work: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ns-repair-home-'))
  work = await mkdtemp(join(tmpdir(), 'ns-repair-'))
})
afterAll(async () => {
  for (const folder of [home, work]) await rm(folder, { recursive: true, force: true })
})

const LAST = (at: string) => `export const last = (list) => list[${at}]\n`
const FILES = (source = 'src/last.js') => ({
  'package.json': '{"name":"lists","version":"1.0.0","type":"module","scripts":{"test":"node --test"}}\n',
  [source]: LAST('list.length'),
  'test/last.test.js':
    `import { test } from 'node:test'\nimport assert from 'node:assert'\nimport { last } from '../${source}'\n` +
    "test('last', () => assert.equal(last([1, 2, 3]), 3))\ntest('is there', () => assert.ok(last))\n",
})

async function folder(name: string, files: Record<string, string>): Promise<string> {
  const root = join(work, name)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

const git = (root: string, ...argv: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.test', ...argv], {
    ...{ cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  })

async function repository(name: string, files: Record<string, string>): Promise<string> {
  const root = await folder(name, files)
  git(root, 'init', '-q', '-b', 'main')
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '-m', 'Lists')
  return root
}

const repair = (...argv: string[]) => run(['repair', ...argv], { NIGHTSHIFT_HOME: home }, '', CHECKOUT)
const read = async (out: string, name: RegExp) =>
  readFile(join(out, (await readdir(out)).find((one) => name.test(one)) ?? 'missing'), 'utf8')

test('a checkout is repaired on a copy, and the fix stands on a branch of its own, also when it is asked for again', async () => {
  const root = await repository('shop', FILES())
  // Nothing of the repository's own runs outside the sandbox.
  await writeFile(join(root, '.git/hooks/pre-commit'), `#!/bin/sh\ntouch ${work}/hooked\n`)
  await chmod(join(root, '.git/hooks/pre-commit'), 0o755)
  git(root, 'config', 'core.fsmonitor', `touch ${work}/hooked;`)
  const out = join(work, 'shop-out')
  const { code, out: said, err } = await repair('--repo', root, '--test', 'npm test', '--out', out, '--branch')
  expect([code, err.split('\n', 1)[0]]).toEqual([0, expect.stringMatching(/^ +0\.\d s {2}read /)])
  expect(said).toContain('Proven.')
  expect(said).toContain('1 failing test passes now, in three runs of three; 1 others still pass.')
  expect(await readFile(join(root, 'src/last.js'), 'utf8')).toBe(LAST('list.length'))
  const names = (await readdir(out)).map((name) => name.replace(/-[0-9a-f]{12}/, '-RUN')).sort()
  expect(names).toEqual([
    'diagnosis-RUN.json',
    'metadata-RUN.json',
    'nightshift.json',
    'patch-RUN.diff',
    'transcript-RUN',
  ])
  const metadata = JSON.parse(await read(out, /^metadata/))
  expect(metadata).toMatchObject({
    ...{ outcome: 'proven', author: 'recipe', needs_manual_review: false, fixed_tests: ['test/last.test.js > last'] },
    ...{ pr_title: 'Fix: AssertionError in src/last.js', cost: { usd: 0 }, green_candidates: [{ chosen: true }] },
  })
  expect(metadata.commit_message).toContain('Issue: 1 test failed with an AssertionError')
  expect(metadata.commit_message).not.toContain('Nightshift-Issue')
  expect(JSON.parse(await read(out, /^nightshift\.json/))).toMatchObject({ test: { run: 'npm test' } })
  expect(JSON.parse(await read(out, /^diagnosis/))).toMatchObject({ cause: 'code', where: [{ path: 'src/last.js' }] })
  git(root, 'apply', '--check', join(out, (await readdir(out)).find((name) => name.startsWith('patch'))!))
  expect(git(root, 'branch', '--list', 'agent/*').trim()).toBe(metadata.branch)
  expect(git(root, 'show', `${metadata.branch}:src/last.js`)).toBe(LAST('list.length - 1'))
  expect(await readdir(work)).not.toContain('hooked')
  const tip = git(root, 'rev-parse', metadata.branch)
  // The same folder said otherwise is the same repository; a broken worktree changes nothing of the commit that is named.
  await writeFile(join(root, 'src/last.js'), 'not a program')
  const again = ['--repo', `${root}/../shop`, '--test', 'npm test', '--out', join(work, 'again'), '--branch']
  expect(await repair(...again)).toMatchObject({ code: 1, err: expect.stringContaining('src/last.js') })
  expect(await readdir(work)).not.toContain('again')
  const named = await repair(...again, '--sha', 'HEAD')
  expect([named.code, named.out.split('\n', 1)[0]]).toEqual([0, 'Proven.'])
  expect(git(root, 'rev-parse', metadata.branch)).toBe(tip)
})

test('a checkout with changes not committed is repaired as it stands', async () => {
  const root = await repository('mine', { ...FILES(), 'src/last.js': LAST('list.length - 1') })
  await writeFile(join(root, 'src/last.js'), LAST('list.length'))
  const { code, out } = await repair('--repo', root, '--test', 'node --test', '--out', join(work, 'mine-out'), '--json')
  // Nobody committed that line.
  expect([code, JSON.parse(out).finding.suspect]).toEqual([0, null])
  expect(await readFile(join(root, 'src/last.js'), 'utf8')).toBe(LAST('list.length'))
})

test('a folder that is no repository, a log of CI instead of a command, the answer as JSON', async () => {
  const root = await folder('plain', FILES())
  const log = join(work, 'ci.log')
  await writeFile(
    log,
    '> lists@1.0.0 test\n> node --test\n\nnot ok 1 - last\n  ---\n  location: test/last.test.js:4:1\n',
  )
  const { code, out } = await repair('--repo', root, '--log', log, '--out', join(work, 'plain-out'), '--json')
  const answer = JSON.parse(out)
  expect([code, answer.outcome]).toEqual([0, 'proven'])
  expect(answer.patch).toContain('+export const last = (list) => list[list.length - 1]')
})

test('what cannot be fixed ends with 2, what is protected with 3 and its patch stays empty', async () => {
  const files = FILES()
  const odd = files['test/last.test.js']!.replace('3))', "'no value of the list'))")
  const left = await repair(
    '--repo',
    await folder('odd', { ...files, 'test/last.test.js': odd }),
    '--test',
    'node --test',
    '--time',
    '5',
    '--out',
    join(work, 'odd-out'),
  )
  expect([left.code, left.out.split('\n', 1)[0]]).toEqual([2, 'Diagnosed, not fixed.'])
  expect(await read(join(work, 'odd-out'), /^patch/)).toBe('')
  const out = join(work, 'guarded-out')
  const guarded = await repair(
    '--repo',
    await folder('guarded', FILES('src/auth/last.js')),
    '--test',
    'node --test',
    '--out',
    out,
  )
  expect([guarded.code, guarded.out.split('\n', 1)[0]]).toEqual([3, expect.stringContaining('refused by a gate')])
  expect(await read(out, /^patch/)).toBe('')
  const metadata = JSON.parse(await read(out, /^metadata/))
  expect(metadata.guardrail_decisions.at(-1)).toMatchObject({ answer: 'gate' })
  // For whoever takes it over.
  expect(metadata.attempts.at(-1)).toMatchObject({ end: 'gate', patch: expect.stringContaining('+export const last') })
})

const GREET = "export function greet(user) {\n  return 'Hello ' + user.name\n}\n"
const GREETER = {
  'package.json': FILES()['package.json'],
  'src/greet.js': GREET,
  'test/a.test.js':
    "import { test } from 'node:test'\nimport { greet } from '../src/greet.js'\ntest('greets', () => { if (greet({ name: 'A' }) !== 'Hello A') throw 1 })\n",
}

/** The error of somebody who greets nobody, as an SDK writes it. */
async function greetedNobody(): Promise<string> {
  const frame = { filename: '/srv/app/src/greet.js', function: 'greet', lineno: 2, colno: 27, in_app: true }
  const value = {
    type: 'TypeError',
    value: "Cannot read properties of undefined (reading 'name')",
    stacktrace: { frames: [frame] },
  }
  const event = join(work, 'event.json')
  await writeFile(event, JSON.stringify({ event_id: 'a'.repeat(32), platform: 'node', exception: { values: [value] } }))
  return event
}

test('an error event is answered with a diagnosis and a change that is not called a fix', async () => {
  const event = await greetedNobody()
  const root = await folder('event', GREETER)
  const { code, out } = await repair('--repo', root, '--event', event, '--out', join(work, 'event-out'))
  expect(code).toBe(2)
  expect(out).toContain('src/greet.js:2')
  expect(out).not.toContain('Proven.')
})

test('with a model a test is written first; the fix and the test stand on one branch, and the same again costs nothing', async () => {
  const root = await repository('asked', GREETER)
  const far = await emulateModel()
  const path = 'test/nobody.test.js'
  const written =
    "import assert from 'node:assert'\nimport { test } from 'node:test'\nimport { greet } from '../src/greet.js'\n" +
    "test('nobody is greeted too', () => assert.equal(greet(undefined), 'Hello you'))\n"
  const instead = "if (!user) return 'Hello you'\n  return 'Hello ' + user.name"
  const search = "return 'Hello ' + user.name"
  const says = [
    { tests: [{ path, text: written }], explanation: 'Nobody is handed over.' },
    {
      ...{ cause: 'code', remedy: 'code-fix', confidence: 0.9, why: 'There may be nobody.', suspectCommit: null },
      where: [{ path: 'src/greet.js', line: 2 }],
      hypotheses: [{ claim: 'There may be nobody.', verdict: 'holds', for: ['line:src/greet.js:2'], against: [] }],
      effort: 'small',
    },
    { edits: [{ path: 'src/greet.js', hash: shortHash(GREET), search, replace: instead }], explanation: 'Greets you.' },
    { verdict: 'none', why: '', at: null },
  ]
  far.moods = says.map((value) => ({ says: { text: JSON.stringify(value) } }))
  const out = join(work, 'asked-out')
  const argv = ['--repo', root, '--event', await greetedNobody(), '--time', '0', '--budget', '50']
  const { code, out: said, err } = await repair(...argv, '--model', `openai:gpt@${far.url}`, '--out', out, '--branch')
  await far.close()
  expect([code, said.split('\n', 1)[0], code === 0 ? '' : err]).toEqual([0, 'Proven.', ''])
  expect(said).toContain(`A model wrote ${path}: on the code as it stands it fails as the event did`)
  const metadata = JSON.parse(await read(out, /^metadata/))
  expect(metadata).toMatchObject({
    ...{ tier: 'tested', author: 'model', written_test: { path, author: 'model' }, risk_class: 'high' },
    ...{ needs_manual_review: true, pr_title: 'Fix: TypeError in src/greet.js', cost: { model_calls: 4 } },
  })
  expect(metadata.pr_body).toContain('The regression test was written by a model')
  git(root, 'apply', '--check', join(out, (await readdir(out)).find((name) => name.startsWith('patch'))!))
  expect(git(root, 'show', `${metadata.branch}:${path}`)).toBe(written)
  expect(git(root, 'show', `${metadata.branch}:src/greet.js`)).toContain("if (!user) return 'Hello you'")
  expect(git(root, 'show', '--name-only', '--format=', metadata.branch).trim().split('\n')).toEqual([
    'src/greet.js',
    path,
  ])
  const transcript = join(out, (await readdir(out)).find((name) => name.startsWith('transcript'))!)
  const again = await repair(...argv, '--model', `replay:${transcript}`, '--out', join(work, 'asked-again'), '--json')
  expect([again.code, JSON.parse(again.out)]).toEqual([
    0,
    expect.objectContaining({ tier: 'tested', outcome: 'proven' }),
  ])
})

test.each<[why: string, argv: string[], says: string]>([
  ['no folder', ['--repo', '/nonexistent/shop', '--test', 'npm test'], '/nonexistent/shop'],
  ['nothing that fails', ['--repo', '.'], 'one of --test, --log and --event'],
  ['two that exclude each other', ['--repo', '.', '--log', 'a', '--event', 'b'], 'exclude each other'],
  ['a word too many', ['shop', '--repo', '.', '--test', 'true'], 'one word too many'],
  ['an option that is none', ['--repo', '.', '--tests', 'true'], '--tests'],
])('%s is said in words, with 1', async (_, argv, says) => {
  const { code, out, err } = await repair(...argv)
  expect(code).toBe(1)
  expect(out + err).toContain(says)
  expect(err).not.toMatch(/^\s+at /m)
})
