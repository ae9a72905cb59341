import { describe, expect, test } from 'vitest'
import { repairEvent } from '../../agents/repair/event.ts'
import type { Ground } from '../../agents/repair/ground.ts'
import { metadataOf, patchOf } from '../../cli/repair/metadata.ts'
import { inWords } from '../../cli/repair/words.ts'
import type { Block } from '../../lib/domain/model.ts'
import { shortHash } from '../../lib/policy/edits/edits.ts'
import type { Model } from '../../lib/world.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { eventOf, groundWith, REQUEST, SOURCE } from './greeter.ts'
import { DIAGNOSIS, saying, text } from './model/bench.ts'

/** An error nobody can send again: a model writes a test of it, the real sandbox says whether it shows it, and the rest. */

const sandbox = testedSandbox()
const quiet = () => undefined
const ID = '0123456789ab'

const OLD = `import assert from 'node:assert'
import { test } from 'node:test'
import { greet } from '../src/greet.js'
test('greets', () => {
  let said = ''
  greet({ id: 'ada', res: { end: (text) => (said = text) } })
  assert.equal(said, '{"hello":"Ada"}')
})
`
const PATH = 'tests/unknown.test.js'
const body = (lines: string) =>
  OLD.replace("'greets'", "'an unknown user is told so'").replace(/ {2}let said[\s\S]*\n\}\)/, `${lines}\n})`)
const GOOD = body("  const res = { end() {} }\n  greet({ id: 'nobody', res })\n  assert.equal(res.statusCode, 404)")
const written = (source: string, path = PATH) =>
  text({ tests: [{ path, text: source }], explanation: 'Nobody is known by that name.' })

const WHY = text({
  ...{ ...DIAGNOSIS, suspectCommit: null, where: [{ path: 'src/greet.js', line: 13 }] },
  hypotheses: [
    { claim: 'It does not ask whether there is one.', verdict: 'holds', for: ['line:src/greet.js:13'], against: [] },
  ],
})
const GREETS = 'return json(res, 200, { hello: user.name })'
const GUARD = "if (!user) return json(res, 404, { error: 'user not found' })"
const change = (replace: string, search = GREETS) =>
  text({
    edits: [{ path: 'src/greet.js', hash: shortHash(SOURCE), search, replace }],
    explanation: 'Nobody was looked for.',
  })
const FIX = change(`${GUARD}\n  ${GREETS}`)
const NONE = text({ verdict: 'none', why: '', at: null })

function ground(model: Model | null, over: Partial<Ground> = {}, folder = 'src'): Ground {
  const files = {
    'package.json': '{"name":"greeter","version":"1.0.0","type":"module","scripts":{"test":"node --test"}}',
    [`${folder}/greet.js`]: SOURCE,
    'tests/greet.test.js': OLD.replace('../src/', `../${folder}/`),
  }
  // Straight to the runner: npm's start would be half of each run.
  const command = { command: 'node --test', env: {}, wallMs: 60_000, services: [] }
  return { ...groundWith(sandbox(), files, model), command, searchMs: 0, ...over }
}
const event = () => eventOf(REQUEST, { context_line: `  ${GREETS}` })

test('a test first, then the fix: proven, both in one patch, and said to be a model’s', async () => {
  const model = saying([written(GOOD), WHY, FIX, NONE])
  const made = await repairEvent(ground(model), event(), quiet)
  expect({ outcome: made.outcome, why: made.why }).toEqual({ outcome: 'proven', why: null })
  expect(model.asked.map(({ task }) => task)).toEqual(['test', 'diagnose', 'fix', 'review'])
  expect(made).toMatchObject({
    spend: { calls: 4 },
    steps: 4,
    written: { test: { path: PATH } },
    shown: null,
    untaken: [],
  })
  expect(made.fix!.change.edits.map(({ path }) => path)).toEqual(['src/greet.js', PATH])
  const { proof, tested } = made.fix!.proven!
  expect(proof).toMatchObject({ tier: 'tested', gate: 'pass' })
  expect(proof.runs.map(({ side, asExpected }) => `${side}${asExpected}`).join(' ')).toBe(
    'Atrue Btrue Atrue Btrue Atrue Btrue',
  )
  expect(tested).toMatchObject({
    fixed: [`${PATH} > an unknown user is told so`],
    left: [],
    suite: { stable: 1, lost: [] },
  })
  const { texts } = ground(null)
  const patch = patchOf(texts, made)
  expect(patch).toContain(`+  ${GUARD}`)
  expect(patch).toContain(`--- /dev/null\n+++ b/${PATH}`)
  const metadata = metadataOf('run', ID, texts, made)
  expect(metadata).toMatchObject({
    ...{ tier: 'tested', written_test: { path: PATH, author: 'model' }, risk_class: 'high', needs_manual_review: true },
    ...{ pr_title: 'Fix: TypeError in src/greet.js', test_attempts: [] },
  })
  expect(metadata.risk_reasons).toEqual([expect.stringContaining('A model wrote the test')])
  expect(metadata.pr_body).toContain('The regression test was written by a model')
  expect(metadata.commit_message).toContain('the app failed with a TypeError')
  expect(metadata.commit_message).toContain(`- ${PATH}`)
  expect(inWords(made, patch, '/out', ID).join('\n')).toContain(
    `A model wrote ${PATH}: on the code as it stands it fails`,
  )
})

test('once there is a test, a recipe comes before the model; the test is its judge', async () => {
  const model = saying([written(GOOD), WHY])
  const made = await repairEvent(ground(model, { searchMs: 60_000 }), event(), quiet)
  expect(made).toMatchObject({ outcome: 'proven', fix: { change: { author: 'recipe' } }, spend: { calls: 1 } })
  expect(made.fix!.change.edits.map(({ path }) => path)).toEqual(['src/greet.js', PATH])
  const { green_candidates } = metadataOf('run', ID, ground(null).texts, made)
  expect(green_candidates.filter(({ chosen }) => chosen)).toHaveLength(1)
})

test('the next try is told what became of the last one', async () => {
  const model = saying([written(body("  greet({ id: 'ada', res: { end() {} } })")), written(GOOD), WHY, FIX, NONE])
  const made = await repairEvent(ground(model), event(), quiet)
  expect(made).toMatchObject({
    outcome: 'proven',
    untaken: [{ end: 'passes', test: { path: PATH } }],
    spend: { calls: 5 },
  })
  const asked = JSON.stringify(model.asked[1]!.turns)
  expect(asked).toContain('Try 1 was this test')
  expect(asked).toContain('it passes on the code as it stands')
})

describe('shows nothing, so nothing is proven on it', () => {
  const THROWS = 'const e = new TypeError("Cannot read properties of undefined (reading \'name\')")\n  throw e'
  test.each<[why: string, says: Block[], end: string, told: string]>([
    ['throws the error itself', written(body(`  ${THROWS}`)), 'otherwise', 'another file'],
    ['asserts what is false', written(body('  assert.ok(false)')), 'otherwise', 'another error'],
    [
      'expects it not to be thrown',
      written(body("  assert.doesNotThrow(() => greet({ id: 'x', res: {} }))")),
      'otherwise',
      'another error',
    ],
    ['fails elsewhere', written(body("  greet({ id: 'ada', res: undefined })")), 'otherwise', 'another function'],
    ['fails at another line', written(body('  greet()')), 'otherwise', 'another'],
    ['passes', written(body("  greet({ id: 'ada', res: { end() {} } })")), 'passes', 'as it stands'],
    ['imports what is not there', written(GOOD.replace('greet.js', 'gone.js')), 'not-run', 'it ends the run'],
    ['is one the command does not run', written(GOOD, 'tests/unknown.js'), 'not-run', 'does not run it'],
  ])('a test that %s', async (_, says, end, told) => {
    const made = await repairEvent(ground(saying([says]), { attempts: 1 }), event(), quiet)
    expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, written: null, attempts: [] })
    expect(made.untaken).toEqual([expect.objectContaining({ end, why: expect.stringContaining(told) })])
    // As without a model: a change that fits is shown, and is no fix; why there is no test is told.
    expect(made.shown).toMatchObject({ author: 'recipe', edits: [{ path: 'src/greet.js' }] })
    expect(made.why).toContain('nothing shows that it cures it')
    expect(made.why).toContain('No test shows it: ')
    const metadata = metadataOf('run', ID, ground(null).texts, made)
    expect(metadata).toMatchObject({ tier: null, written_test: null, test_attempts: [{ end }], commit_message: null })
  })
})

test('a test that shows it and no fix that is proven: not fixed, and the test is kept', async () => {
  const touched = text({
    edits: [{ path: PATH, hash: shortHash(GOOD), search: '404', replace: '200' }],
    explanation: 'The test is wrong.',
  })
  const swallows = change(`try { return json(res, 200, { hello: user.name }) } catch {}`)
  const model = saying([
    written(GOOD),
    WHY,
    swallows,
    touched,
    touched,
    change('return json(res, 200, { hello: user?.name })'),
  ])
  const made = await repairEvent(ground(model), event(), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, written: { test: { path: PATH } } })
  expect(made.attempts.map(({ end }) => end)).toEqual(['cheats', 'not-proven'])
  // What the model was told when it wanted to change the judge.
  expect(JSON.stringify(model.asked)).toContain('An existing test judges the change')
  expect(patchOf(ground(null).texts, made)).toBe('')
})

test('what is protected is refused, with a proof and a test for whoever takes it over', async () => {
  const there = eventOf(null, { filename: '/srv/app/src/auth/greet.js', context_line: `  ${GREETS}` })
  there.failure.frames[0]!.path = 'src/auth/greet.js'
  const model = saying([written(GOOD.replace('../src/', '../src/auth/'))])
  const made = await repairEvent(ground(model, { searchMs: 60_000 }, 'src/auth'), there, quiet)
  expect(made).toMatchObject({ outcome: 'refused', fix: { end: 'gate', proven: { proof: { gate: 'refused' } } } })
  expect(made.fix!.change.edits.map(({ path }) => path)).toEqual(['src/auth/greet.js', PATH])
})

test('fix and test are one change: what is too large together is refused, though neither is alone', async () => {
  const filled = (text: string, lines: number) => text + '// a line\n'.repeat(lines)
  const long = filled(GOOD, 130)
  const fix = change(`${filled(`${GUARD}\n`, 180)}  ${GREETS}`)
  const made = await repairEvent(ground(saying([written(long), WHY, fix, NONE])), event(), quiet)
  expect(made).toMatchObject({ outcome: 'refused', fix: { end: 'gate', proven: { proof: { gate: 'refused' } } } })
  expect(made.why).toContain('More than 300 lines')
  expect(patchOf(ground(null).texts, made)).toBe('')
})

test('what may be somebody’s, and stands in the test, is counted for whoever looks', async () => {
  const met = eventOf(
    { ...REQUEST, url: 'https://a.test/?id=zoe%3A1977', query_string: 'id=zoe%3A1977' },
    { context_line: `  ${GREETS}` },
  )
  const model = saying([written(GOOD.replace("'nobody'", "'zoe:1977'")), WHY, FIX, NONE])
  const made = await repairEvent(ground(model), met, quiet)
  expect(made).toMatchObject({ outcome: 'proven', fix: { proven: { proof: { kept: ['query.id'] } } } })
  const { risk_reasons } = metadataOf('run', ID, ground(null).texts, made)
  expect(risk_reasons.join(' ')).toContain('The test holds 1 captured value that a person has not seen.')
})
