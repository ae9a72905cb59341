import { expect, test } from 'vitest'
import { givenTests, thin } from '../../bench/recipes/split.ts'

test('every second test goes, suites and helpers stay', () => {
  const text = `describe('a', () => {
  it('one', () => {})
  it('two', async () => { await x() })
})
test('three', (t) => { t.test('inner', () => {}) })
helper('four', () => {})
test.run(() => {})
test('five', named)
`
  const made = thin('a.test.js', text)
  for (const kept of ["describe('a'", 'one', 'three', 'inner', 'four', 'test.run']) expect(made).toContain(kept)
  for (const gone of ['two', 'five']) expect(made).not.toContain(gone)
})

test('files are held out by the order of their paths', () => {
  const tests = { 'b.test.js': '', 'a.test.js': '', 'c.test.js': '' }
  expect(givenTests(tests, 'files', 'js')).toEqual({ 'b.test.js': null })
})

test('Python tests are thinned with their decorators', () => {
  const text = 'def test_a():\n    pass\n\n\n@mark\ndef test_b():\n    pass\n\n\ndef helper():\n    pass\n'
  const made = givenTests({ 't.py': text }, 'tests', 'python')['t.py']
  expect(made).toContain('test_a')
  expect(made).toContain('helper')
  expect(made).not.toMatch(/mark|test_b/)
})
