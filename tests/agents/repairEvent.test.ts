import { expect, test } from 'vitest'
import { repairEvent } from '../../agents/repair/event.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { eventOf, greeter, MANIFEST, REQUEST } from './greeter.ts'

/** An error of production in, with the request that met it: an app that says how it is started is its own witness. */

const sandbox = testedSandbox()
const quiet = () => undefined

test('the request is sent again, the change proven on it, and the fixture left for the team', async () => {
  const made = await repairEvent(greeter(sandbox(), MANIFEST), eventOf(REQUEST), quiet)
  expect({ outcome: made.outcome, why: made.why }).toEqual({ outcome: 'proven', why: null })
  expect(made.replay!.fixture).toMatchObject({ request: { method: 'GET' }, expect: { status: 404 } })
  const { proof } = made.fix!.proven!
  expect(proof.tier).toBe('replayed')
  expect(proof.runs.map(({ side, asExpected }) => `${side}${asExpected}`).join(' ')).toBe(
    'Atrue Btrue Atrue Btrue Atrue Btrue',
  )
  const fixture = `tests/nightshift/${made.replay!.fixture.id}.json`
  expect(made.fix!.change.edits.map(({ path }) => path)).toEqual(['src/greet.js', fixture])
})

test.each<[why: string, manifest: object | null, request: object | null, says: string]>([
  ['without an app', null, REQUEST, 'does not say how its app is started'],
  ['without a request', MANIFEST, null, 'the event holds no request'],
  [
    'a request that does well',
    MANIFEST,
    { ...REQUEST, url: 'https://a.test/?id=ada', query_string: 'id=ada' },
    'without this error',
  ],
])('%s nothing is called a fix', async (_, manifest, request, says) => {
  const made = await repairEvent(greeter(sandbox(), manifest), eventOf(request), quiet)
  expect(made).toMatchObject({ outcome: 'not-fixed', fix: null, shown: { edits: [{ path: 'src/greet.js' }] } })
  expect(made.why).toContain(says)
})
