import { expect, test } from 'vitest'
import { isProduction, PAIRS } from './cells.ts'
import { compared, everyClock, everyProof, everyRollback } from './products.ts'

/** Every pair of what and where but production's, those that are no row included. */
const pairs = PAIRS.filter((pair) => !isProduction(pair))
const MINUTE = 60_000

test('each cell agrees with a second reading, whatever the proof', { timeout: MINUTE }, () => {
  expect(compared(everyProof(pairs))).toEqual({ cells: 45 * 400 * 54, wrong: [] })
})

test('each cell agrees, whosever deployment is taken back', { timeout: MINUTE }, () => {
  expect(compared(everyRollback(pairs))).toEqual({ cells: 45 * 400 * 9, wrong: [] })
})

test('each cell agrees, whatever the clock shows', { timeout: MINUTE }, () => {
  expect(compared(everyClock(pairs))).toEqual({ cells: 45 * 400 * 33, wrong: [] })
})
