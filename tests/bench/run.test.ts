import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { allPlaces } from '../../bench/recipes/cases.ts'
import type { Verdict } from '../../bench/recipes/judge.ts'
import type { Suite } from '../../bench/recipes/package.ts'
import { applied } from '../../bench/recipes/repair.ts'
import { table, upperBound } from '../../bench/recipes/report.ts'
import { buildFaulty, type CaseRepair, nothing, oracle, runCases } from '../../bench/recipes/run.ts'
import { drawFrom } from '../../bench/recipes/seed.ts'

const tree = mkdtempSync(join(tmpdir(), 'bench-small-'))
afterAll(() => rmSync(tree, { recursive: true, force: true }))

const SOURCE = 'export const least = (a, b) => (a < b ? a : b)\nexport const last = (all) => all[all.length - 1]\n'
const GIVEN = `import assert from 'node:assert'
import { last, least } from '../source.js'
assert.equal(least(1, 2), 1)
assert.equal(last([1, 2]), 2)
`
const HELD = `import assert from 'node:assert'
import { last, least } from '../source.js'
assert.equal(least(5, 3), 3)
assert.equal(last([7]), 7)
`
mkdirSync(join(tree, 'test'))
writeFileSync(join(tree, 'package.json'), '{"type":"module"}')
writeFileSync(join(tree, 'source.js'), SOURCE)
writeFileSync(join(tree, 'test/a.js'), GIVEN)
writeFileSync(join(tree, 'test/b.js'), HELD)

const small: Suite = {
  ...{ name: 'small', runner: 'command', language: 'js', tree, modules: null, asked: 'npm test', seconds: 1 },
  command: 'for one in test/*.js; do node "$one" || exit 1; done',
  ...{ sources: ['source.js'], given: { 'test/b.js': null }, tests: ['test/a.js', 'test/b.js'] },
}
const places = allPlaces([small])
const run = (repair: CaseRepair, cases = [0, 1, 2, 3]) =>
  runCases({ seed: '7', cases, only: null, names: ['small', 'not ready'] }, places, repair, () => {})
const placed = (all: Verdict[]) =>
  all.map(({ index, operator, path, line, became }) => [index, operator, path, line, became])

test('the same seed and text, the same numbers', () => {
  const numbers = (text: string) =>
    Array.from(
      { length: 20 },
      (
        (draw) => () =>
          draw.below(1000)
      )(drawFrom(text)),
    )
  expect(numbers('1:2')).toEqual(numbers('1:2'))
  expect(numbers('1:2')).not.toEqual(numbers('1:3'))
})

test('the original put back is proven and exact; nothing is refused; a case alone is the same case', async () => {
  const all = await run(oracle)
  expect(all).toHaveLength(4)
  expect(all.every(({ outcome, exact, escaped }) => outcome === 'proven' && exact && !escaped)).toBe(true)
  expect(placed(await run(nothing, [2]))).toEqual(placed(all).slice(2, 3))
  expect((await run(nothing, [0])).map(({ outcome }) => outcome)).toEqual(['refused'])
})

test('what passes the given tests alone has escaped; tests that come with it change nothing', async () => {
  const cheat: CaseRepair = async () => ({
    ...{ outcome: 'proven', why: '', ms: 1, metadata: null },
    patched: { 'source.js': 'export const least = () => 1\nexport const last = () => 2\n', 'test/b.js': '' },
  })
  expect((await run(cheat, [0]))[0]).toMatchObject({ outcome: 'proven', escaped: true, exact: false })
})

test('the faulty repository has one commit, and neither the original nor what is held out in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-faulty-'))
  const look: CaseRepair = async (given, drawn) => {
    const git = (...argv: string[]) => execFileSync('git', argv, { cwd: given, encoding: 'utf8' })
    expect(git('rev-list', '--all', '--count').trim()).toBe('1')
    expect(git('ls-files').trim().split('\n')).toEqual(['package.json', 'source.js', 'test/a.js'])
    expect(git('status', '--porcelain')).toBe('')
    expect(git('show', 'HEAD:source.js')).toBe(drawn.mutant.made)
    buildFaulty(drawn, folder)
    expect(execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' })).toBe(git('rev-parse', 'HEAD'))
    return nothing(given, drawn)
  }
  const [verdict] = await run(look, [1])
  rmSync(folder, { recursive: true })
  expect(verdict).toMatchObject({ outcome: 'refused', why: 'nothing was tried' })
})

test('a patch is applied to the folder it was made of', () => {
  const diff = `--- a/source.js\n+++ b/source.js\n@@ -1,2 +1,2 @@\n-${SOURCE.split('\n')[0]}\n+export const least = Math.min\n ${SOURCE.split('\n')[1]}\n`
  expect(applied(tree, diff)['source.js']).toBe(`export const least = Math.min\n${SOURCE.split('\n')[1]}\n`)
  expect(applied(tree, '')).toEqual({})
  expect(readFileSync(join(tree, 'source.js'), 'utf8')).toBe(SOURCE)
})

test('bounds: none of thirty is below ten percent, at best', () => {
  expect(upperBound(0, 30)).toBeCloseTo(0.095, 3)
  expect(upperBound(1, 30)).toBeCloseTo(0.149, 3)
  expect(table([])).toHaveLength(2)
})
