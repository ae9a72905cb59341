import { expect, test } from 'vitest'
import { problemsIn } from '../../lib/parse/checkOutput.ts'

const TSC = 'src/a.ts(3,7): error TS2345: no\nsrc/b.ts(1,1): error TS2304: no\n'
const ESLINT = '/workspace/src/a.js\n  3:7  error  Unexpected var  no-var\n  9:1  warning  odd  x\n\n✖ 2 problems\n'

test.each<[what: string, exit: number | null, output: string, problems: number | null]>([
  ['all is well', 0, '', 0],
  ['all is well, with words', 0, 'src/a.js:1:1 is fine', 0],
  ['the TypeScript compiler', 2, TSC, 2],
  ['eslint', 1, ESLINT, 2],
  ['ruff, golangci and others', 1, 'app.py:4:1: F401 unused\napp.py:9:80: E501 long\nFound 2 errors.\n', 2],
  ['a failure without a place', 1, 'it did not work', 1],
  ['it is not installed', 127, 'sh: eslint: not found', null],
  ['it may not be run', 126, '', null],
  ['it took too long', null, TSC, null],
])('%s', (_, exit, output, problems) => {
  expect(problemsIn({ exit, output })).toBe(problems)
})
