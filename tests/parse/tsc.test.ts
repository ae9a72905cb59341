import { expect, test } from 'vitest'
import { parseTsc } from '../../lib/parse/tsc.ts'

test('reads plain output', () => {
  const text = `> tsc --noEmit
src/a.ts(3,7): error TS2345: Argument of type 'string' is not assignable.
  Type 'string' is not assignable to type 'number'.
./src/app/(shop)/[id]/page.tsx(10,1): error TS1005: ';' expected.
error TS5023: Unknown compiler option 'x'.
src/b.ts(1,1): warning TS9999: not an error
Found 3 errors.`
  expect(parseTsc(text.replaceAll('\n', '\r\n'))).toEqual([
    { path: 'src/a.ts', line: 3, code: 'TS2345', message: "Argument of type 'string' is not assignable." },
    { path: 'src/app/(shop)/[id]/page.tsx', line: 10, code: 'TS1005', message: "';' expected." },
    { path: '', line: 0, code: 'TS5023', message: "Unknown compiler option 'x'." },
  ])
})

test('reads output for a terminal', () => {
  const text =
    '\x1b[96msrc/a.ts\x1b[0m:\x1b[93m3\x1b[0m:\x1b[93m7\x1b[0m - \x1b[91merror\x1b[0m\x1b[90m TS2345: \x1b[0mWrong.'
  expect(parseTsc(text)).toEqual([{ path: 'src/a.ts', line: 3, code: 'TS2345', message: 'Wrong.' }])
})

test.each([
  ['prose around an error', 'he said: error TS1234: no'],
  ['no code', 'src/a.ts(3,7): error: no'],
  ['no place', 'src/a.ts: error TS1234: no'],
  ['a line over 8 KB', `src/a.ts(3,7): error TS1234: ${'x'.repeat(9000)}`],
  ['a path over 1000 characters', `${'x'.repeat(1001)}(3,7): error TS1234: no`],
])('passes over %s', (_name, text) => {
  expect(parseTsc(text)).toEqual([])
})

test('is capped and linear', () => {
  expect(parseTsc('a(1,1): error TS1: x\n'.repeat(6000))).toHaveLength(5000)
  expect(parseTsc('(1,1): error '.repeat(80_000))).toEqual([])
  expect(parseTsc(`${'(1,1'.repeat(2000)}error TS1: \n`.repeat(120))).toEqual([])
})
