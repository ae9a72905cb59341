import { expect, test } from 'vitest'
import type { Checkout } from '../../agents/implementer/checkout.ts'
import { appOf } from '../../agents/implementer/harness.ts'
import { smokeBefore, smokeChanges, smokeSetOf } from '../../agents/implementer/smoke.ts'
import { Manifest } from '../../lib/domain/manifest.ts'
import type { Sandbox } from '../../lib/world.ts'

const manifest = (smoke: object[]) =>
  Manifest.parse({ test: { run: 'npm test', report: 'tap' }, start: 'node a.js', health: '/h', smoke })
const base = (tree: string, smoke: object[] = [{ get: '/a' }]) =>
  ({ tree, files: [], manifest: manifest(smoke) }) as Partial<Checkout> as Checkout
const answer = (body: string, status = 200) => ({ status, body, fingerprints: [], errors: [], ms: 1 })
/** A sandbox whose app answers these words, one run after another. */
function sandbox(...bodies: string[]): Sandbox & { runs: number } {
  const box = {
    runs: 0,
    async run() {
      const smoke = [answer(bodies[box.runs++ % bodies.length]!)]
      const result = bodies.includes('broken')
        ? { kind: 'failed', stage: 'start', why: 'no', output: '' }
        : { kind: 'replay', answers: [], smoke, startedMs: 1 }
      return { end: 'exited', exit: 0, stdout: JSON.stringify(result), stderr: '', truncated: false, egress: 0, ms: 3 }
    },
  }
  return box as Partial<typeof box> as unknown as Sandbox & { runs: number }
}

test('the untouched app is asked three times, once for all issues on its tree', async () => {
  const box = sandbox('yes')
  expect(await smokeBefore(box, base('t1'), null)).toEqual([[answer('yes')], [answer('yes')], [answer('yes')]])
  await smokeBefore(box, base('t1'), null)
  expect(box.runs).toBe(3)
})

test('without a smoke set nothing runs', async () => {
  const box = sandbox('yes')
  expect(await smokeBefore(box, base('t2', []), null)).toEqual([])
  expect(box.runs).toBe(0)
})

test('an untouched app that does not start says so, and is asked again', async () => {
  await expect(smokeBefore(sandbox('broken'), base('t3'), null)).rejects.toThrow('did not start')
  expect(await smokeBefore(sandbox('yes'), base('t3'), null)).toHaveLength(3)
})

const runs = (...bodies: string[]) => bodies.map((body) => [answer(body)])
test.each<[string, string[], string[], boolean]>([
  ['the same everywhere', ['a', 'a', 'a'], ['a', 'a', 'a'], false],
  ['another answer in all', ['a', 'a', 'a'], ['b', 'b', 'b'], true],
  ['another answer in one', ['a', 'a', 'a'], ['a', 'a', 'b'], true],
  ['it differed before', ['a', 'b', 'a'], ['c', 'c', 'c'], false],
  ['nothing was seen after', ['a', 'a', 'a'], [], true],
])('%s: changed is %s', (_, before, after, changed) => {
  expect(smokeChanges(smokeSetOf(base('t')), runs(...before), runs(...after))).toEqual(changed ? ['GET /a'] : [])
})

test('another status is another answer', () => {
  expect(smokeChanges(smokeSetOf(base('t')), [[answer('a')]], [[answer('a', 201)]])).toEqual(['GET /a'])
})

test('a repository without a start command is no app', () => {
  const library = Manifest.parse({ test: { run: 'cargo test', report: 'cargo' } })
  expect(() => appOf(library)).toThrow('It names no `start` command')
})
