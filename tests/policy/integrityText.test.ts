import { expect, test } from 'vitest'
import { codeOnly } from '../../lib/policy/integrity/codeOnly.ts'

test.each([
  ["a('b') // c", "a(' ')     "],
  ['a /* b\nc */ d', 'a     \n     d'],
  ["'it\\'s' b", "'   ' ' b"],
  ['`a @{b} c` d', '`  @ b}  ` d'],
  ['`a @{b ? `@{c}` : {}} d` e', '`  @ b ? `@ c}` : {}}  ` e'],
  ['x = /["]/.test(a)', 'x =  " .test(a)'],
  ['a / b / c', 'a / b / c'],
  ["'open\nnext", "'    \nnext"],
])('%j keeps its code', (marked, code) => {
  // `@` stands for the dollar of a template's `${`.
  const text = marked.replaceAll('@', '$')
  expect(codeOnly(text).replace(/ +/g, ' ')).toBe(code.replaceAll('@', '$').replace(/ +/g, ' '))
  expect(codeOnly(text)).toHaveLength(text.length)
})
