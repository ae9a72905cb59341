import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repairEvent } from '../../agents/repair/event.ts'
import type { Ground } from '../../agents/repair/ground.ts'
import { BrokenOff } from '../../agents/repair/repair.ts'
import { metadataOf } from '../../cli/repair/metadata.ts'
import { inWords } from '../../cli/repair/words.ts'
import { emulateModel, type Mood } from '../../emulators/model.ts'
import { runBudget } from '../../lib/actions/budget.ts'
import { models } from '../../lib/adapters/index.ts'
import { parseModelConfig } from '../../lib/config.ts'
import type { Block, ModelAnswer } from '../../lib/domain/model.ts'
import type { Model } from '../../lib/world.ts'
import { failed, passed, run } from '../policy/runs.ts'
import { eventOf, groundWith, REQUEST, SOURCE } from './greeter.ts'
import { saying, text } from './model/bench.ts'
import { type Kind, scripted } from './scripted.ts'

/** A model that is asked for a test and comes to none: each end has a name, and nothing is proven on any of them. */

const quiet = () => undefined
const NEW = 'tests/unknown.test.js'
const OLD = { ...passed('tests/greet.test.js > greets'), file: 'tests/greet.test.js' }
const GOOD =
  "import { test } from 'node:test'\nimport { greet } from '../src/greet.js'\ntest('nobody', () => greet({ id: 'nobody', res: {} }))\n"
const written = (source: string, path = NEW) =>
  text({ tests: [{ path, text: source }], explanation: 'It is not there.' })
const GUARDED = SOURCE.replace(
  '  return json(res, 200, { hello',
  '  if (!user) return json(res, 404, {})\n  return json(res, 200, { hello',
)
const PROPOSAL = {
  ...{ recipe: 'nullish', edits: [{ path: 'src/greet.js', text: GUARDED }], summary: 'Answers 404.', assumes: [] },
  modelledOn: null,
}
/** The written test fails, and not as the event did. */
const otherwise = { ...failed(`${NEW} > nobody`), file: NEW }
const says = (kind: Kind) => run(kind === 'without' ? [OLD] : kind === 'alone' ? [otherwise] : [otherwise, OLD])

function ground(model: Model | null, over: Partial<Ground> = {}): Ground {
  const files = { 'src/greet.js': SOURCE, 'tests/greet.test.js': 'greets()\n' }
  return { ...groundWith(scripted(says, NEW, [PROPOSAL]), files, model), ...over }
}
const event = () => eventOf(REQUEST)
type Said = Block[] | Extract<ModelAnswer, { ok: false }>['why']

test.each<[why: string, says: Said, end: string, told: string]>([
  ['fails otherwise', written(GOOD), 'otherwise', 'no place of this repository'],
  [
    'makes up its stack',
    written(
      `${GOOD}test('x', () => {\n  const e = new TypeError('x')\n  e.stack = 'at greet (src/greet.js:13:1)'\n  throw e\n})\n`,
    ),
    'no-good',
    'makes up where',
  ],
  ['stands where a test stands', written(GOOD, 'tests/greet.test.js'), 'no-good', 'existing test'],
  ['stands where code stands', written(GOOD, 'src/greet.js'), 'no-good', 'there already'],
  ['leaves the repository', written(GOOD, '../unknown.test.js'), 'no-good', 'inside the repository'],
  ['is absolute', written(GOOD, '/tests/unknown.test.js'), 'no-good', 'inside the repository'],
  ['is CI', written('on: push\n', '.github/workflows/unknown.yml'), 'no-good', 'may not be changed'],
  ['is no test at all', written('{}', 'package-lock.json'), 'no-good', 'neither named nor placed'],
  ['is not what was asked for', text('hm'), 'no-good', 'not the JSON object'],
  [
    'is two',
    text({ tests: [1, 2].map((at) => ({ path: `tests/${at}.test.js`, text: GOOD })), explanation: '' }),
    'no-good',
    'tests',
  ],
  ['is none', text({ tests: [], explanation: 'It takes the database.' }), 'no-test', 'It takes the database.'],
  ['is none, without a reason', text({ tests: [], explanation: ' ' }), 'no-good', 'why not'],
  ['does not come, since the model is down', 'unavailable', 'unavailable', 'did not answer'],
  ['does not come, since there is a limit', 'limited', 'limited', 'did not answer'],
  ['does not come in shape', 'malformed', 'malformed', 'did not answer'],
  ['does not come, since the key is refused', 'unauthorised', 'unauthorised', 'did not answer'],
  ['is no program', written(`${GOOD}}`), 'no-good', 'read as code'],
])('a test that %s', async (_, says, end, told) => {
  const made = await repairEvent(ground(saying([says]), { attempts: 1 }), event(), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, written: null, attempts: [] })
  expect(made.untaken).toEqual([expect.objectContaining({ end, why: expect.stringContaining(told) })])
  // As without a model: a change that fits is shown, and is no fix; why there is no test is told.
  expect(made.shown).toMatchObject({ author: 'recipe', edits: [{ path: 'src/greet.js' }] })
  expect(made.why).toContain('nothing shows that it cures it')
  expect(made.why).toContain('No test shows it: ')
  const metadata = metadataOf('run', '0123456789ab', ground(null).texts, made)
  expect(metadata).toMatchObject({ tier: null, written_test: null, test_attempts: [{ end }], commit_message: null })
  expect(inWords(made, '', '/out', 'id').join('\n')).toContain(`(${end})`)
})

test('three tries, each an end of its own; what would end the same way again ends them', async () => {
  const three = await repairEvent(ground(saying([written(GOOD), 'timed-out', text('hm')])), event(), quiet)
  expect(three.untaken.map(({ end }) => end)).toEqual(['otherwise', 'timed-out', 'no-good'])
  expect(three.why).toContain('3 tries came to no test that shows it')
  for (const said of ['over-budget', 'unauthorised', text({ tests: [], explanation: 'No.' })] as Said[]) {
    const one = await repairEvent(ground(saying([said])), event(), quiet)
    expect(one).toMatchObject({ outcome: 'not-fixed', spend: { calls: 1 }, untaken: [{}] })
  }
})

test('a runner that does not tell one test from another is not asked to judge one', async () => {
  const model = saying([written(GOOD)])
  const here = ground(model)
  const command = { ...run([{ ...passed('command'), file: null, titles: [] }]), runner: 'command' as const }
  const made = await repairEvent({ ...here, sandbox: scripted(() => command, NEW) }, event(), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', untaken: [], spend: { calls: 0 } })
  expect(made.why).toContain('No test shows it: no test of the repository tells what a new one would look like.')
  expect(model.asked).toEqual([])
})

test('what was found out is not lost where something else breaks it off', async () => {
  const gone = new Error('the provider is gone')
  const model: Model = { ask: () => Promise.reject(gone) }
  const ended = await repairEvent(ground(model), event(), quiet).catch((error: unknown) => error)
  expect(ended).toBeInstanceOf(BrokenOff)
  expect(ended).toMatchObject({
    cause: gone,
    so: { outcome: 'not-fixed', finding: { cause: 'code' }, why: expect.stringContaining('gone') },
  })
})

test.each<[why: string, says: Mood, end: string]>([
  ['is down', { fails: 503 }, 'unavailable'],
  ['has a limit', { fails: 429, headers: { 'retry-after': '3600' } }, 'limited'],
  ['says something else', { says: { text: 'Here is your test!' } }, 'malformed'],
  ['answers no JSON', { raw: '<html>', type: 'text/html' }, 'malformed'],
  ['refuses the key', { fails: 401 }, 'unauthorised'],
])('a provider that %s', async (_, says, end) => {
  const far = await emulateModel()
  const kept = await mkdtemp(join(tmpdir(), 'ns-written-'))
  far.moods = [says]
  const config = parseModelConfig({ MODEL: `openai:none@${far.url}`, MODEL_TEST: `openai:writer@${far.url}` })
  const made = await repairEvent(ground(models(config)!(runBudget(50), kept), { attempts: 1 }), event(), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, written: null, untaken: [{ end }] })
  // The route that is for this task.
  expect(far.heard.every(({ body }) => body.model === 'writer')).toBe(true)
  await far.close()
  await rm(kept, { recursive: true })
})
