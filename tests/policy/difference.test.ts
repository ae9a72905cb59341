import { expect, test } from 'vitest'
import { changedLines, difference } from '../../lib/policy/difference.ts'

test.each([
  ['nothing', 'a\nb\n', 'a\nb\n', 0, 0],
  ['a new file', '', 'a\nb\n', 2, 4],
  ['an emptied file', 'a\nb\n', '', 2, 4],
  ['a line that came', 'a\nc\n', 'a\nb\nc\n', 1, 2],
  ['a line that went', 'a\nb\nc\n', 'a\nc\n', 1, 2],
  ['a line that changed', 'a\nb\nc\n', 'a\nX\nc\n', 2, 4],
  ['a lost last newline', 'a\n', 'a', 2, 3],
  ['both ends', 'a\nb\nc\nd\n', 'X\nb\nc\nY\n', 4, 8],
  ['a line moved', 'a\nb\nc\n', 'b\nc\na\n', 2, 4],
  ['bytes, not characters', '', 'ä\n', 1, 3],
  ['line ends', 'a\r\n', 'a\n', 2, 5],
])('%s', (_, before, after, lines, bytes) => {
  expect(difference(before, after, 300)).toEqual({ lines, bytes })
})

test('the changed lines themselves, in order', () => {
  expect(changedLines('a\nb\nc\nd\n', 'a\nX\nc\nY\nd\n', 10)).toEqual({ went: ['b\n'], came: ['X\n', 'Y\n'] })
})

test('at the cap it counts, beyond it stops', () => {
  const rows = (n: number) => Array.from({ length: n }, (_, i) => `${i}\n`).join('')
  expect(difference('', rows(300), 300).lines).toBe(300)
  expect(difference('', rows(301), 300)).toEqual({ lines: 301, bytes: rows(301).length })
  expect(changedLines('', rows(301), 300)).toBeNull()
  const odd = rows(400).replace(/(\d*[13579])\n/g, '$1!\n')
  expect(changedLines(rows(400), odd, 300)).toBeNull()
})

/** Independent: lines less twice the longest common subsequence, by the quadratic table. */
function shortest(a: string, b: string): number {
  const [x, y] = [a.split('').map((c) => `${c}\n`), b.split('').map((c) => `${c}\n`)]
  const table = Array.from({ length: x.length + 1 }, () => new Array<number>(y.length + 1).fill(0))
  for (let i = 1; i <= x.length; i++)
    for (let j = 1; j <= y.length; j++)
      table[i]![j] = x[i - 1] === y[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!)
  return x.length + y.length - 2 * table[x.length]![y.length]!
}

test('it agrees with the table of common subsequences', () => {
  let seed = 1
  const next = (n: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % n
  }
  const word = () => Array.from({ length: next(12) }, () => 'abc'[next(3)]).join('')
  for (let i = 0; i < 2000; i++) {
    const [a, b] = [word(), word()]
    const [before, after] = [a, b].map((text) => text.replace(/./g, '$&\n')) as [string, string]
    expect([a, b, difference(before, after, 50).lines]).toEqual([a, b, shortest(a, b)])
  }
})
