import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Repaired } from '../../agents/repair/repair.ts'
import { parseRepair } from '../../cli/repair/asked.ts'
import { withBefore } from '../../cli/repair/before.ts'
import { metadataOf, remainingIn } from '../../cli/repair/metadata.ts'
import { modelFor } from '../../cli/repair/model.ts'
import { isResult, openResults } from '../../cli/repair/results.ts'
import type { Proof } from '../../lib/domain/fix.ts'
import { failed, passed, run } from '../policy/runs.ts'

/** What stands around a repair on the command line. */

describe('what is asked for', () => {
  const asked = (...argv: string[]) => parseRepair(['--repo', '.', ...argv])
  test('how the tests are run may be said beside an event or a log', () => {
    expect(asked('--event', 'e.json', '--test', 'make test')).toMatchObject({
      ...{ command: 'make test', source: { kind: 'event', file: 'e.json' } },
    })
    expect(asked('--log', 'ci.log')).toMatchObject({ command: null, source: { kind: 'log', file: 'ci.log' } })
    expect(asked('--test', 'npm test')).toMatchObject({ command: 'npm test', source: { kind: 'test' } })
  })
  test('attempts are whole, and nothing is empty', () => {
    expect(() => asked('--test', 'x', '--attempts', '2.5')).toThrow('a whole number from 1 to 3')
    expect(() => asked('--test', ' ')).toThrow('--test is empty')
  })
})

test('what has to run before the tests is left out only where their command runs it', () => {
  expect(withBefore('make test', ['make', null])).toBe('make && make test')
  expect(withBefore('npm run build && npm test', ['npm ci', 'npm run build'])).toBe(
    'npm ci && npm run build && npm test',
  )
  expect(withBefore('npm test', [undefined, 'a && b'])).toBe('a && b && npm test')
})

describe('where the results go', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'ns-results-'))
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  test('they are no part of the repository that is read next', async () => {
    const run = '0123456789ab'
    const out = join(root, 'found/here')
    const { put } = await openResults(root, out, run)
    await put(`patch-${run}.diff`, 'a')
    await put('nightshift.json', '{}')
    const ours = isResult(root, out)
    const made = (await readdir(out, { recursive: true })).map((path) => join('found/here', path))
    expect(made).toHaveLength(3)
    expect(made.every(ours)).toBe(true)
    expect(ours(`found/here/transcript-${run}/0001.request.json`)).toBe(true)
    expect(['found/here/patch.diff', 'nightshift.json', `found/patch-${run}.diff`].some(ours)).toBe(false)
    const beside = isResult(root, root)
    expect([beside(`metadata-${run}.json`), beside('nightshift.json')]).toEqual([true, false])
    expect(isResult(root, `${root}-out`)(`metadata-${run}.json`)).toBe(false)
  })

  test('a folder that cannot be written is found before anything is done', async () => {
    await writeFile(join(root, 'file'), '')
    await expect(openResults(root, join(root, 'file/out'), 'a')).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' })
  })

  test('a link of the repository leads no result elsewhere', async () => {
    const shop = join(root, 'shop')
    for (const folder of [shop, join(root, 'away'), join(shop, 'plain')]) await mkdir(folder)
    await writeFile(join(root, 'away/kept'), 'kept')
    await symlink(join(root, 'away'), join(shop, 'out'))
    await symlink(join(root, 'away/kept'), join(shop, 'plain/nightshift.json'))
    for (const out of ['out', 'out/deep', 'plain'])
      await expect(openResults(shop, join(shop, out), 'a')).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' })
    expect(await readdir(join(root, 'away'))).toEqual(['kept'])
    const { put } = await openResults(shop, join(shop, 'new'), 'a')
    await symlink(join(root, 'away/kept'), join(shop, 'new/nightshift.json'))
    await expect(put('nightshift.json', 'over')).rejects.toThrow('ELOOP')
    expect(await readFile(join(root, 'away/kept'), 'utf8')).toBe('kept')
  })
})

describe('which model is asked', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('what the command line names is asked everything, whatever the environment says', () => {
    vi.stubEnv('MODEL_FIX', 'openai:other')
    vi.stubEnv('OPENAI_API_KEY', '')
    vi.stubEnv('ANTHROPIC_API_KEY', 'key')
    expect(modelFor('replay:/tmp/x', 5, '/tmp/t')).not.toBeNull()
    expect(modelFor('anthropic:claude-sonnet-5-5', 5, '/tmp/t')).not.toBeNull()
    expect(modelFor('none', 5, '/tmp/t')).toBeNull()
    vi.stubEnv('MODEL', 'anthropic:claude-sonnet-5-5')
    expect(() => modelFor(null, 5, '/tmp/t')).toThrow('OPENAI_API_KEY')
  })

  test('a price that is listed is what the budget counts with', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'key')
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/v1')
    vi.stubEnv('MODEL_PRICES', '{"big":{"input":5000,"output":20000}}')
    const folder = await mkdtemp(join(tmpdir(), 'ns-prices-'))
    const request = {
      ...{ task: 'fix' as const, system: 'x'.repeat(1000), turns: [], tools: [], schema: null },
      ...{ effort: 'low' as const, maxTokens: 16_000, timeoutMs: 1000 },
    }
    const answer = await modelFor('openai:big', 5, folder)!.ask(request)
    await rm(folder, { recursive: true, force: true })
    expect(answer).toMatchObject({ ok: false, why: 'over-budget' })
  })
})

const PROOF: Proof = {
  ...{ tier: 'tested', runs: [], types: null, smokeChanged: [], gate: 'pass', kept: [], boundary: 'none', ms: 1 },
  suite: { stable: 1, broken: [], flickering: [], lost: [], newTestFailedBefore: true, newTestPassed: true, runs: [] },
}

/** Two tests failed, and one nobody asked about; the second is what was repaired. */
function made(outcome: 'proven' | 'refused'): Repaired {
  const [first, second, other] = [failed('one', { type: 'RangeError' }), failed('two'), failed('other')]
  const tested = { fixed: ['two'], left: ['one'], fresh: [], suite: PROOF.suite }
  const after = [run([first, passed('two'), other]), run([first, passed('two'), other])]
  const change = {
    ...{ author: 'model' as const, name: 'attempt 1', summary: 'x', assumes: [] },
    edits: [{ path: 'a.js', text: '2\n' }],
  }
  const proven = { proof: PROOF, tested, after, tree: '', why: null }
  const fix = { change, proven, why: null, end: outcome === 'proven' ? ('proven' as const) : ('gate' as const) }
  return {
    ...{
      outcome,
      fix,
      shown: null,
      replay: null,
      written: null,
      untaken: [],
      attempts: [fix],
      unmissed: [],
      unasked: ['other', 'gone'],
      review: null,
      why: null,
    },
    ...{ search: { proposed: 0, tried: 0, green: 0 }, green: [], baseline: run([first, second, other]) },
    ...{
      spend: { usd: 0, usage: { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 }, calls: 0 },
      steps: 0,
      stages: {},
    },
    finding: {
      ...{ cause: 'code', remedy: 'code-fix', confidence: 0.9, why: 'x', where: [], suspect: null, suspectBy: null },
      ...{ hypotheses: [], effort: 'small', author: 'facts' },
    },
  }
}

test('the message is about the test that was repaired, and what still fails is named', () => {
  const metadata = metadataOf('run', '0123456789ab', { 'a.js': '1\n' }, made('proven'))
  expect(metadata.commit_message).toContain('1 test failed with an AssertionError')
  expect(metadata.remaining_tests).toEqual(['one', 'other', 'gone'])
  expect(remainingIn({ ...made('proven'), unasked: ['two'] })).toEqual(['one'])
})

test('a change that is proven and refused is not lost', () => {
  const { attempts } = metadataOf('run', '0123456789ab', { 'a.js': '1\n' }, made('refused'))
  expect(attempts[0]).toMatchObject({ end: 'gate', patch: expect.stringContaining('+2') })
})
