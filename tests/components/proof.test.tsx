import { expect, test } from 'vitest'
import { ProofChapter } from '../../components/proofChapter.tsx'
import type { Proof } from '../../lib/domain/fix.ts'
import { html, words } from './markup.tsx'
import { drafting, proof, proven } from './sampleFix.ts'

const shown = (over: Partial<Proof> = {}): string =>
  words(html(<ProofChapter fix={proven({ proof: { ...proof, ...over } })} />))

test('six runs in turn, each with side, status, time and whether it was the same error', () => {
  const text = shown()
  expect(text).toContain('A without the fix 500 22 ms Fails same error B with the fix 404 9 ms Works no such error A')
  expect(text.match(/without the fix/g)).toHaveLength(3)
})

test('a run that is not as expected is said to be unexpected, with what else it showed', () => {
  const odd = { ...proof.runs[0]!, status: 0, asExpected: false, others: 2, egress: 1 }
  expect(shown({ runs: [odd] })).toContain(
    'A without the fix no answer 22 ms Unexpected same error, 2 other, 1 call out',
  )
})

test.each([
  ['replayed', 'the request that failed in production was sent again'],
  ['tested', 'a test written for it reproduces the error'],
  ['not-reproduced', 'never ships without a person'],
] as const)('the tier %s is said plainly', (tier, words) => {
  expect(shown({ tier })).toContain(words)
})

test('what was shown, and what was not', () => {
  expect(shown()).toContain('This shows that it no longer fails; whether 404 is the answer you want is yours to judge.')
})

test('the suite before and after, and every check with its answer in words', () => {
  const text = shown()
  expect(text).toContain('Before 41 0 2,210 ms')
  expect(text).toContain('After 42 0 2,251 ms')
  expect(text).toContain('Yes The new test failed before and passes after Yes All 41 stable tests still pass')
  expect(text).toContain('Yes Type errors: 0 before, 0 after')
  expect(text).toContain('Kept as captured $.practiceId')
  expect(text).toContain('not a virtual machine')
})

test.each([
  [{ types: { before: 1, after: 2 } }, 'No Type errors: 1 before, 2 after'],
  [{ types: null }, 'None The project declares no type check'],
  [{ smokeChanged: ['GET /api/practices'] }, 'No The smoke requests answer as before GET /api/practices'],
  [{ gate: 'needs-approval' as const }, 'No Touches nothing that needs an approval of its own'],
  [{ suite: { ...proof.suite, newTestPassed: false } }, 'No The new test failed before and passes after'],
  [{ suite: { ...proof.suite, lost: ['a › b'] } }, 'No All 41 stable tests still pass a › b'],
  [{ suite: { ...proof.suite, broken: ['c'] } }, 'No No test was broken before c'],
  [{ suite: { ...proof.suite, flickering: ['d'] } }, 'No No test flickers; those that do are not counted d'],
  [{ kept: [] }, 'Nothing: the test holds no value of a user'],
])('%j is told as it is', (over, words) => {
  expect(shown(over)).toContain(words)
})

test('without a proof the chapter says so', () => {
  expect(words(html(<ProofChapter fix={drafting(1)} />))).toBe('Proof Nothing is proven yet.')
})
