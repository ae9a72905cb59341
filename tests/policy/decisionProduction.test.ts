import { expect, test } from 'vitest'
import { isProduction, PAIRS } from './cells.ts'
import { compared, everyClock, everyProof } from './products.ts'

/** Merging, deploying and promoting to production: the row that also asks the clock. */
const production = PAIRS.filter(isProduction)
const MINUTE = 60_000

test('production agrees with a second reading, whatever the proof', { timeout: MINUTE }, () => {
  expect(compared(everyProof(production))).toEqual({ cells: 3 * 400 * 54, wrong: [] })
})

test('production agrees with a second reading, whatever the clock shows', { timeout: MINUTE }, () => {
  expect(compared(everyClock(production))).toEqual({ cells: 3 * 400 * 33, wrong: [] })
})
