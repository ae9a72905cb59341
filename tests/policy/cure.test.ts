import { expect, test } from 'vitest'
import { cureByHistory, cureOf, EXPECTED_FOR_CURE } from '../../lib/policy/cure.ts'
import { lowerBound } from '../../lib/policy/wilson.ts'

const before = { failuresBefore: 100, requestsBefore: 100 }

test.each([
  [1, 1],
  [1, 1000],
  [5, 10],
  [10, 10],
  [50, 1000],
  [999, 1000],
])('the lower bound of %i of %i is where the score test rejects at 5 %', (hits, trials) => {
  const bound = lowerBound(hits, trials)
  // The bound is the rate from which the observed share is 1.645 standard errors away: Wilson's definition.
  expect((hits / trials - bound) / Math.sqrt((bound * (1 - bound)) / trials)).toBeCloseTo(1.6449, 3)
})

test.each([
  ['no trials', 5, 0],
  ['NaN', Number.NaN, 10],
  ['negative', -5, 10],
])('the lower bound without a sample: %s', (_, hits, trials) => {
  expect(lowerBound(hits, trials)).toBe(0)
})

test('the bound is below the rate, and closes in with more requests', () => {
  const bounds = [10, 100, 1000, 10_000].map((n) => lowerBound(n / 2, n))
  expect(bounds.toSorted((a, b) => a - b)).toEqual(bounds)
  expect(bounds.every((bound) => bound < 0.5)).toBe(true)
  expect(lowerBound(20, 10)).toBe(lowerBound(10, 10))
})

test('4.6 is where seeing none has a chance of one in a hundred', () => {
  expect(Math.exp(-EXPECTED_FOR_CURE)).toBeCloseTo(0.01, 3)
})

test('cured is said with its numbers', () => {
  const answer = cureOf({ ...before, requestsSince: 24, seenSince: 0 })
  expect(answer).toMatchObject({ answer: 'cured', sentence: '23 expected, 0 seen' })
  expect(answer.exposure).toMatchObject({ ...before, requestsSince: 24, seenSince: 0 })
  expect(answer.exposure.expected).toBeCloseTo(answer.exposure.rate * 24)
})

test('the boundary of cured', () => {
  // 10 of 10 give a rate of at least 0.787, so five requests expect 3.9 and six expect 4.7.
  const since = (requestsSince: number) =>
    cureOf({ failuresBefore: 10, requestsBefore: 10, requestsSince, seenSince: 0 })
  expect(since(5)).toMatchObject({
    answer: 'unexposed',
    sentence: '3.9 expected, 0 seen: too few requests since to tell, 4.6 expected are needed',
  })
  expect(since(6)).toMatchObject({ answer: 'cured', sentence: '4.7 expected, 0 seen' })
})

test('the page never rounds up', () => {
  const { sentence, exposure } = cureOf({ failuresBefore: 60, requestsBefore: 100, requestsSince: 23, seenSince: 0 })
  expect(exposure.expected).toBeGreaterThan(11.9)
  expect(sentence).toBe('11 expected, 0 seen')
})

test('one event is a relapse, however many requests there were', () => {
  expect(cureOf({ ...before, requestsSince: 0, seenSince: 1 }).answer).toBe('relapsed')
  expect(cureOf({ ...before, requestsSince: 24, seenSince: 1 })).toMatchObject({
    answer: 'relapsed',
    sentence: '23 expected, 1 seen: it is back',
  })
})

test.each([
  ['nobody came', { ...before, requestsSince: 0, seenSince: 0 }],
  ['nothing is known from before', { failuresBefore: 0, requestsBefore: 0, requestsSince: 9999, seenSince: 0 }],
  ['it never failed before', { failuresBefore: 0, requestsBefore: 100, requestsSince: 9999, seenSince: 0 }],
  ['NaN requests', { ...before, requestsSince: Number.NaN, seenSince: 0 }],
  ['NaN events', { ...before, requestsSince: 9999, seenSince: Number.NaN }],
  ['negative events', { ...before, requestsSince: 9999, seenSince: -1 }],
  ['endless requests', { ...before, requestsSince: Number.POSITIVE_INFINITY, seenSince: 0 }],
])('unexposed: %s', (_, input) => {
  expect(cureOf(input).answer).toBe('unexposed')
})

test('without request counts hours stand in, and the sentence says so', () => {
  const hourly = Array.from({ length: 48 }, (_, i) => (i % 2 === 0 ? 7 : 0))
  const answer = cureByHistory({ hourly, hoursSince: 20.9, seenSince: 0 })
  expect(answer.answer).toBe('cured')
  expect(answer.sentence).toBe(
    '7.6 expected, 0 seen (hours with the error, from its own history: there are no request counts)',
  )
  expect(answer.exposure).toMatchObject({ failuresBefore: 24, requestsBefore: 48, requestsSince: 20 })
})

test('one noisy hour is one hour', () => {
  const hourly = [5000, ...Array.from({ length: 47 }, () => 0)]
  const answer = cureByHistory({ hourly, hoursSince: 24, seenSince: 0 })
  expect(answer).toMatchObject({ answer: 'unexposed' })
  expect(answer.sentence).toContain('too few hours since to tell')
  expect(cureByHistory({ hourly, hoursSince: 24, seenSince: 2 }).answer).toBe('relapsed')
  expect(cureByHistory({ hourly: [], hoursSince: 999, seenSince: 0 }).answer).toBe('unexposed')
})
