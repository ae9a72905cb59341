import { Raw, type Value } from './values.ts'

/** Two values that should have been the same. */
export interface Pair {
  actual: Value
  expected: Value
}

const isRecord = (value: Value): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Raw)

/** Where two values differ, from the leaves up to the lists that hold them; at most 40. */
export function differences(actual: Value, expected: Value): Pair[] {
  const found: Pair[] = []
  collect(actual, expected, found)
  return found.slice(0, 40)
}

function collect(actual: Value, expected: Value, found: Pair[]): void {
  if (found.length >= 40 || same(actual, expected)) return
  if (Array.isArray(actual) && Array.isArray(expected)) {
    found.push({ actual, expected })
    if (actual.length !== expected.length) return
    for (const [at, item] of actual.entries()) collect(item, expected[at], found)
    return
  }
  if (isRecord(actual) && isRecord(expected)) {
    for (const key of new Set([...Object.keys(actual), ...Object.keys(expected)])) {
      collect(actual[key], expected[key], found)
    }
    return
  }
  found.push({ actual, expected })
}

function same(a: Value, b: Value): boolean {
  if (a instanceof Raw || b instanceof Raw) return a instanceof Raw && b instanceof Raw && a.text === b.text
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The stretch in which two texts differ: what both begin and end with is left out. */
export function stretch(actual: string, expected: string): { actual: string; expected: string; from: number } {
  let from = 0
  while (from < actual.length && from < expected.length && actual[from] === expected[from]) from += 1
  let back = 0
  const room = Math.min(actual.length, expected.length) - from
  while (back < room && actual[actual.length - 1 - back] === expected[expected.length - 1 - back]) back += 1
  return {
    actual: actual.slice(from, actual.length - back),
    expected: expected.slice(from, expected.length - back),
    from,
  }
}
