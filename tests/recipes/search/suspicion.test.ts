import { expect, test } from 'vitest'
import type { SearchInput } from '../../../lib/domain/repair.ts'
import { suspectsOf } from '../../../lib/recipes/search/suspicion.ts'

const FILES: Record<string, string> = {
  'package.json': '{ "name": "till", "main": "src/index.js" }',
  'src/index.js': "export { total } from './total.js'\nexport { show } from './show.js'\n",
  'src/total.js': `import { rate } from './rate.js'
export function total(lines) {
  return sum(lines) * rate(lines)
}
function sum(lines) {
  return lines.length
}
export function unused(lines) {
  return lines
}
`,
  'src/rate.js': 'export function rate(lines) {\n  return 1\n}\n',
  'src/show.js': 'export const show = (x) =>\n  String(x)\n',
  'src/other.js': 'export function total() {\n  return 0\n}\n',
  'dist/total.js': 'export function total() {}\n',
  'test/total.test.js': `import { total } from 'till'
test('adds up', () => {
  const lines = [1]
  equal(total(lines), 1)
})
test('shows', () => {
  equal(show(1), '1')
})
`,
}

const failing = (over: Partial<SearchInput['failures'][number]> = {}): SearchInput['failures'] => [
  {
    test: 'test/total.test.js > adds up',
    file: 'test/total.test.js',
    failure: { type: 'AssertionError', message: '', expected: null, actual: null, frames: [] },
    ...over,
  },
]

const weights = (suspects: ReturnType<typeof suspectsOf>): Record<string, number> =>
  Object.fromEntries(suspects.map(({ path, line, weight }) => [`${path}:${line}`, weight]))

test('without coverage: what the test calls, then what that calls', () => {
  const found = weights(suspectsOf({ files: FILES, failures: failing(), failing: [], passing: [] }))
  expect(found['src/total.js:3']).toBe(1)
  expect(found['src/total.js:6']).toBeLessThan(1)
  expect(found['src/total.js:6']).toBeGreaterThan(found['src/total.js:9'] ?? 0)
  expect(found['src/rate.js:2']).toBeGreaterThan(found['src/show.js:2'] ?? 0)
})

test('tests, built files and files no import leads to are left out', () => {
  const paths = new Set(
    suspectsOf({ files: FILES, failures: failing(), failing: [], passing: [] }).map(({ path }) => path),
  )
  expect([...paths].sort()).toEqual(['src/index.js', 'src/rate.js', 'src/show.js', 'src/total.js'])
})

test('a line only failing runs execute comes before one that passing runs execute too', () => {
  const run = (to: number) => ({ 'src/total.js': [1, to, 1, to + 1, 20, 0] })
  const found = weights(
    suspectsOf({
      files: FILES,
      failures: failing(),
      failing: [run(6)],
      passing: [{ 'src/total.js': [1, 4, 1, 5, 20, 0] }],
    }),
  )
  expect(found['src/total.js:3']).toBeCloseTo(Math.SQRT1_2 / (0.72 * 1), 1)
  expect(found['src/total.js:9']).toBeUndefined()
  expect(found['src/rate.js:2']).toBeUndefined()
})

test('a line on the stack is raised above its function', () => {
  const frames = [{ path: 'src/total.js', line: 6, column: null, function: 'sum' }]
  const failure = { ...failing()[0]!.failure, frames }
  const found = weights(suspectsOf({ files: FILES, failures: failing({ failure }), failing: [], passing: [] }))
  expect(found['src/total.js:6']).toBeGreaterThan(found['src/total.js:5']!)
})

test('a test nobody can find still leads to what its file imports', () => {
  const found = suspectsOf({ files: FILES, failures: failing({ test: 'unheard of' }), failing: [], passing: [] })
  expect(found.some(({ path }) => path === 'src/total.js')).toBe(true)
})

test('nothing to go by is no error', () => {
  expect(suspectsOf({ files: {}, failures: failing({ file: null }), failing: [], passing: [] })).toEqual([])
})

test('a method is looked at on its own, not with its whole class', () => {
  const files = {
    'src/box.js': 'export class Box {\n  put(x) {\n    this.x = x\n  }\n  take() {\n    return this.x\n  }\n}\n',
    'test/box.test.js':
      "import { Box } from '../src/box.js'\ntest('takes', () => {\n  equal(new Box().take(), 1)\n})\n",
  }
  const failures = failing({ test: 'takes', file: 'test/box.test.js' })
  const found = weights(suspectsOf({ files, failures, failing: [], passing: [] }))
  expect(found['src/box.js:6']).toBeGreaterThan(found['src/box.js:3'] ?? 0)
})
