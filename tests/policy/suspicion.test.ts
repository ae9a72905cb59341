import { describe, expect, test } from 'vitest'
import type { Coverage } from '../../lib/domain/testRun.ts'
import { reaches } from '../../lib/policy/reached.ts'
import { suspectsOf } from '../../lib/policy/suspicion.ts'
import { failed } from './runs.ts'

const texts = {
  'src/a.js': 'export function used(x) {\n  return x + 1\n}\n\nexport function other(x) {\n  return x - 1\n}\n',
  'test/a.test.js': "import { used } from '../src/a.js'\nused(1)\n",
}
const NONE = { failing: [], passing: [] }
const at = (path: string, line: number) => ({ path, line, column: 1, function: null })

describe('where the fault may be', () => {
  test('places of the stack come first, the innermost before its callers, and tests never', () => {
    const target = failed('a', { frames: [at('src/a.js', 6), at('src/a.js', 2), at('test/a.test.js', 2)] })
    const found = suspectsOf({ targets: [target], failing: { 'src/a.js': [2, 2, 1] }, all: null, texts, single: NONE })
    expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/a.js:6', 'src/a.js:2'])
  })

  test('a line only the failing tests run is more suspicious than one that all run', () => {
    const failing = { 'src/a.js': [2, 2, 1, 6, 6, 1] }
    const all = { 'src/a.js': [2, 2, 100, 6, 6, 1] }
    const found = suspectsOf({ targets: [{ ...failed('a'), file: null }], failing, all, texts, single: NONE })
    expect(found.map(({ line }) => line)).toEqual([6, 2])
    expect(found[1]!.weight / found[0]!.weight).toBeCloseTo(0.1, 5)
  })

  test('where single tests were run, it counts how many of them run a line', () => {
    const failing = { 'src/a.js': [2, 2, 1, 6, 6, 1] }
    const both = { 'src/a.js': [2, 2, 9, 6, 6, 9] }
    const target = { ...failed('a'), file: null }
    const single: { failing: Coverage[]; passing: Coverage[] } = {
      failing: [both],
      passing: [{ 'src/a.js': [2, 2, 9, 6, 6, 0] }, { 'src/a.js': [2, 2, 1] }, { 'src/b.js': [1, 1, 1] }],
    }
    const found = suspectsOf({ targets: [target], failing, all: both, single, texts })
    expect(found.map(({ line }) => line)).toEqual([6, 2])
    expect(found[1]!.weight / found[0]!.weight).toBeCloseTo(1 / Math.sqrt(3), 5)
    // Of two passing tests nothing is concluded: counts decide, and they are equal.
    const few = suspectsOf({
      targets: [target],
      failing,
      all: both,
      single: { ...single, passing: single.passing.slice(1) },
      texts,
    })
    expect(few[1]!.weight).toBeCloseTo(few[0]!.weight, 5)
  })

  test('what the failing test names weighs more', () => {
    const failing = { 'src/a.js': [1, 7, 1] }
    const found = suspectsOf({ targets: [failed('a')], failing, all: failing, texts, single: NONE })
    const weight = (line: number) => found.find((one) => one.line === line)!.weight
    expect(weight(2)).toBeGreaterThan(weight(6))
  })

  test('a list of parameters on lines of its own does not end what it is named by', () => {
    const long = 'export function used(\n  x,\n) {\n  return x + 1\n}\nexport function other(x) {\n  return x - 1\n}\n'
    const failing = { 'src/a.js': [1, 8, 1] }
    const facts = { targets: [failed('a')], failing, all: failing, single: NONE }
    const found = suspectsOf({ ...facts, texts: { ...texts, 'src/a.js': long } })
    const weight = (line: number) => found.find((one) => one.line === line)!.weight
    expect(weight(4)).toBeGreaterThan(weight(7))
  })

  test('a private name is no comment, and a comment is no suspect', () => {
    const lines = (path: string, text: string) =>
      suspectsOf({
        ...{ targets: [failed('a')], failing: { [path]: [1, 9, 1] }, all: null, single: NONE },
        texts: { [path]: text },
      }).map(({ line }) => line)
    expect(lines('src/a.js', 'class A {\n  #rate = 0.19\n  // rate\n  * @param rate\n}\n')).toEqual([1, 2])
    expect(lines('a.py', '# rate\nrate = 0.19\n')).toEqual([2])
  })

  test('lines that did not run, lines that hold nothing, tests and data are no suspects', () => {
    const failing = { 'src/a.js': [1, 3, 0, 4, 4, 1, 7, 7, 1], 'test/a.test.js': [1, 2, 1], 'data.json': [1, 1, 1] }
    expect(
      suspectsOf({ targets: [failed('a')], failing, all: null, single: NONE, texts: { ...texts, 'data.json': '1' } }),
    ).toEqual([])
  })
})

describe('whether a run goes through what a patch changed', () => {
  const before = { 'a.js': 'one\ntwo\nthree\n' }
  const patched = { 'a.js': 'one\nTWO\nthree\n' }
  test.each([
    [{ 'a.js': [2, 2, 1] }, true],
    [{ 'a.js': [1, 1, 5, 3, 3, 5] }, false],
    [{ 'a.js': [1, 3, 0] }, false],
    [{ 'b.js': [1, 3, 1] }, false],
    [null, true],
  ])('%o: %s', (coverage, expected) => {
    expect(reaches(coverage, before, patched)).toBe(expected)
  })

  test.each([
    ['a statement that became a comment', 'one\ntwo\nthree\n', 'one\n# two\nthree\n'],
    ['a statement that went', 'one\ntwo\nthree\n', 'one\nthree\n'],
    ['the last one that went', 'one\ntwo\nthree\n', 'one\ntwo\n'],
  ])('%s is met by the lines around it', (_, text, next) => {
    expect(reaches({ 'a.py': [1, 3, 1] }, { 'a.py': text }, { 'a.py': next })).toBe(true)
    expect(reaches({ 'a.py': [9, 9, 1] }, { 'a.py': text }, { 'a.py': next })).toBe(false)
  })
})
