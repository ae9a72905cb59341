import { describe, expect, test } from 'vitest'
import { evidenceOf, unresolved } from '../../lib/policy/evidence.ts'
import { failed, run } from './runs.ts'

const frames = [{ path: 'src/a.js', line: 2, column: 1, function: 'f' }]
const facts = {
  texts: { 'src/a.js': 'one\ntwo\nthree', 'odd:name.js': 'x' },
  runs: [run([failed('a > b', { frames })])],
  commits: new Set(['abcdef0123456789abcdef0123456789abcdef01']),
  events: new Set(['e1']),
}

describe('evidence that leads somewhere', () => {
  test.each([
    ['line:src/a.js:1'],
    ['line:src/a.js:3'],
    ['line:odd:name.js:1'],
    ['test:a > b'],
    ['frame:0:a > b'],
    ['commit:abcdef0'],
    ['event:e1'],
  ])('%s', (text) => {
    expect(unresolved(text, facts)).toBeNull()
  })
})

describe('evidence that leads nowhere is named', () => {
  test.each([
    ['line:src/a.js:0', '3 lines'],
    ['line:src/a.js:4', '3 lines'],
    ['line:src/b.js:1', 'no file'],
    ['line:constructor:1', 'no file'],
    ['line:__proto__:1', 'no file'],
    ['line:src/a.js', 'no evidence'],
    ['test:a > c', 'no test'],
    ['frame:1:a > b', '1 places'],
    ['frame:0:a > c', 'no test'],
    ['frame:-1:a > b', 'no evidence'],
    ['commit:1234567', 'no commit'],
    ['commit:HEAD', 'no evidence'],
    ['event:e2', 'no event'],
    ['because I say so', 'no evidence'],
    ['', 'no evidence'],
  ])('%s: %s', (text, why) => {
    expect(unresolved(text, facts)).toContain(why)
  })
})

test('a test’s own name may hold colons', () => {
  expect(evidenceOf('frame:2:a.js > it: works: always')).toEqual({
    kind: 'frame',
    test: 'a.js > it: works: always',
    index: 2,
  })
})
