import { expect, test } from 'vitest'
import { screen } from '../../agents/repair/screen.ts'
import { textsOf } from '../../agents/tools/desk.ts'
import type { Proposal } from '../../lib/domain/repair.ts'
import type { Red } from '../../lib/policy/red.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { groundOf, recordingSandbox } from './model/bench.ts'

const sandbox = testedSandbox()

const FIRST = 'export const first = (list: number[]): number | undefined => list[1]\n'
const FILES = {
  'package.json': '{"name":"lists","version":"1.0.0","type":"module"}',
  'src/first.ts': FIRST,
  'test/first.test.ts':
    "import { test } from 'node:test'\nimport assert from 'node:assert'\nimport { first } from '../src/first.ts'\n" +
    "test('first', () => assert.equal(String(first([3, 4])), '3'))\n" +
    "test('is there', () => assert.ok(first))\n",
}
const id = 'test/first.test.ts > first'
const TARGET = { id, file: 'test/first.test.ts', titles: ['first'], state: 'failed' as const, ms: 1, failure: null }
const RED: Red = {
  targets: [TARGET],
  stable: ['test/first.test.ts > is there'],
  flickering: [],
  outside: [],
  unasked: [],
}

const proposal = (score: number, body: string): Proposal => ({
  ...{ recipe: 'search/number', summary: body, assumes: [], modelledOn: null, score },
  edits: [{ path: 'src/first.ts', text: FIRST.replace('list[1]', body) }],
})

async function tried(proposals: Proposal[], batchOf = 1) {
  const copy = Object.entries(FILES).map(([path, body]) => ({ path, bytes: Buffer.from(body) }))
  const command = { command: 'node --test test/*.test.ts', env: {}, wallMs: 60_000, services: [] }
  const bench = { ...groundOf(sandbox()), files: copy, texts: textsOf(copy), command }
  return screen(bench, RED, proposals, 1000, 60_000, batchOf)
}

test('what passes and is of another type does not end the search, and is no candidate', async () => {
  const [wrong, red, right] = await tried([
    proposal(0.9, 'list.slice(0, 1).join()'),
    proposal(0.8, 'list[2]'),
    proposal(0.3, 'list[0]'),
  ])
  expect(wrong!.seen).toMatchObject({ passed: [id], broken: [expect.stringContaining('TS2322')] })
  expect(red!.seen).toMatchObject({ failed: [id], broken: null })
  expect(right!.seen).toMatchObject({ passed: [id], broken: [] })
})

test('one that ends the sandbox is no candidate, and takes nobody of its batch along', async () => {
  const [red, deadly, right] = await tried(
    [proposal(0.9, 'list[2]'), proposal(0.8, "(process.kill(-1, 'SIGKILL'), list[0])"), proposal(0.3, 'list[0]')],
    24,
  )
  expect(red!.seen).toMatchObject({ failed: [id] })
  expect(deadly!.seen).toBeNull()
  expect(right!.seen).toMatchObject({ passed: [id], broken: [] })
})

test('what breaks other tests does not end the search either, whichever lane is first', async () => {
  const { sandbox: idle } = recordingSandbox()
  const texts = ['breaks', 'red', 'right']
  const proposals = texts.map((summary, at) => ({
    ...proposal([0.9, 0.8, 0.3][at]!, summary),
    edits: [{ path: 'a.js', text: summary }],
  }))
  const results = {
    breaks: { passed: [id], failed: [], broken: ['another'], ms: 1 },
    red: { passed: [], failed: [id], broken: null, ms: 1 },
    right: { passed: [id], failed: [], broken: [], ms: 1 },
  }
  const told: string[] = []
  const run: typeof idle.run = async (asked) => {
    const text: keyof typeof results = JSON.parse(asked.stdin!).candidates[0]['a.js']
    // The second lane answers once the first has gone on, or has found nothing more to do.
    if (text === 'red') await new Promise((done) => setTimeout(done, 50))
    told.push(text)
    return { ...(await idle.run(asked)), stdout: JSON.stringify({ kind: 'screen', results: [results[text]] }) }
  }
  const seen = await screen(groundOf({ ...idle, run }), RED, proposals, 1000, 60_000, 1)
  expect(told).toEqual(['breaks', 'right', 'red'])
  expect(seen.map((one) => one.seen)).toEqual(texts.map((text) => results[text as keyof typeof results]))
})
