import { expect, test } from 'vitest'
import { repairEvent } from '../../agents/repair/event.ts'
import { shortHash } from '../../lib/policy/edits/edits.ts'
import type { Model } from '../../lib/world.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { eventOf, greeter, MANIFEST, REQUEST, SOURCE } from './greeter.ts'
import { DIAGNOSIS, saying, text } from './model/bench.ts'

/** A request that fails here as it did there, where no recipe cures it: the model is asked, and the request is the judge. */

const sandbox = testedSandbox()
const quiet = () => undefined

const LOUD = SOURCE.replace("{ name: 'Ada' }]", "{ name: 'Ada' }], ['bob', { name: 'Bob' }]").replace(
  'hello: user.name })\n}\n',
  "hello: loud(id, user.name) })\n}\nfunction loud(id, name) {\n  return id === 'bob' ? name.shouted() : name\n}\n",
)
const LINE = LOUD.split('\n').findIndex((line) => line.includes('shouted')) + 1
const event = () =>
  eventOf(
    { ...REQUEST, url: 'https://app.example.test/?id=bob', query_string: 'id=bob' },
    { function: 'loud', lineno: LINE },
    'name.shouted is not a function',
  )

const WHY = text({
  ...{ ...DIAGNOSIS, suspectCommit: null, where: [{ path: 'src/greet.js', line: LINE }] },
  hypotheses: [{ claim: 'No string shouts.', verdict: 'holds', for: ['frame:0:event event'], against: [] }],
})
const change = (replace: string) =>
  text({
    edits: [{ path: 'src/greet.js', hash: shortHash(LOUD), search: 'name.shouted()', replace }],
    explanation: 'Strings have another method for it.',
  })
const NONE = text({ verdict: 'none', why: '', at: null })
const ground = (model: Model | null) => greeter(sandbox(), MANIFEST, LOUD, model)

test('a change of the model is proven by sending the request again', async () => {
  const model = saying([WHY, change('name.loudest()'), change('name.toUpperCase()'), NONE])
  const made = await repairEvent(ground(model), event(), quiet)
  expect({ outcome: made.outcome, why: made.why }).toEqual({ outcome: 'proven', why: null })
  expect(model.asked.map(({ task }) => task)).toEqual(['diagnose', 'fix', 'fix', 'review'])
  expect(made).toMatchObject({
    ...{ fix: { change: { author: 'model', name: 'attempt 2' } }, written: null, untaken: [], spend: { calls: 4 } },
    ...{ attempts: [{ end: 'not-proven' }, { end: 'proven' }], finding: { author: 'model' } },
  })
  expect(made.fix!.proven!.proof.tier).toBe('replayed')
  expect(made.replay!.fixture).toMatchObject({ expect: { status: 200 } })
  const fixture = `tests/nightshift/${made.replay!.fixture.id}.json`
  expect(made.fix!.change.edits.map(({ path }) => path)).toEqual(['src/greet.js', fixture])
  // Whoever repairs it is told what is sent, and the second time what became of the first.
  expect(JSON.stringify(model.asked[0])).toContain('GET /?id=bob fails so each time')
  expect(JSON.stringify(model.asked[2])).toContain('Attempt 1 was not taken')
})

test('changes that do not cure it, and ones that hide it, are no fix', async () => {
  const hides = change("(() => { try { return name.shouted() } catch { return '' } })()")
  const made = await repairEvent(ground(saying([WHY, hides, change('name.loudest()'), 'limited'])), event(), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, replay: null, shown: null })
  expect(made.attempts.map(({ end }) => end)).toEqual(['cheats', 'not-proven'])
  expect(made.why).toContain('No recipe cures it.')
  expect(made.why).toContain('model: 3 attempts were not proven')
})

test('without a model it is not fixed, as ever', async () => {
  const made = await repairEvent(ground(null), event(), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, attempts: [], spend: { calls: 0 } })
})
