import type { SearchInput } from '../../domain/repair.ts'
import { differences, type Pair } from './differences.ts'
import { parseValue, Raw, type Value } from './values.ts'

/** What the failures say about the fault, whatever the code looks like. */
export type Sign =
  | 'promise'
  | 'undefined'
  | 'nan'
  | 'one-off'
  | 'number'
  | 'negated-number'
  | 'fraction'
  | 'boolean'
  | 'reversed'
  | 'order'
  | 'fewer'
  | 'more'
  | 'space'
  | 'case'
  | 'string'
  | 'longer'
  | 'shorter'
  | 'kind'
  | 'falsy-lost'
  | 'nullish'
  | 'type-error'
  | 'name-error'
  | 'range-error'
  | 'thrown'
  | 'not-thrown'
  | 'timeout'
  | 'same-look'

export interface Facts {
  signs: Set<Sign>
  /** The leaves in which actual and expected values differ. */
  pairs: Pair[]
  /** Messages of all failures, joined. */
  message: string
}

const CRASHES: [RegExp, Sign][] = [
  [/^TypeError\b/, 'type-error'],
  [/^ReferenceError\b/, 'name-error'],
  [/^RangeError\b|call stack size/, 'range-error'],
]

export function factsOf(failures: SearchInput['failures']): Facts {
  const signs = new Set<Sign>()
  const pairs: Pair[] = []
  for (const { failure } of failures) {
    const said = `${failure.type}: ${failure.message}`
    for (const [pattern, sign] of CRASHES) if (pattern.test(said)) signs.add(sign)
    if (/missing expected (?:exception|rejection)|to throw|did not throw|not.*reject/i.test(failure.message)) {
      signs.add('not-thrown')
    } else if (!/assert|^Failure$|^Error$/i.test(failure.type)) signs.add('thrown')
    if (/timed? ?out|timeout|cancelled|still pending|did not finish/i.test(failure.message)) signs.add('timeout')
    if (/not reference-equal|same structure|serializes to the same/i.test(failure.message)) signs.add('same-look')
    const [actual, expected] = valuesOf(failure)
    if (actual == null || expected == null) continue
    for (const pair of differences(parseValue(actual), parseValue(expected))) {
      pairs.push(pair)
      for (const sign of signsOf(pair)) signs.add(sign)
    }
  }
  return { signs, pairs: pairs.slice(0, 40), message: failures.map(({ failure }) => failure.message).join('\n') }
}

/** As the runner says them, else out of the sentence `5 !== 6` that Node's assertions end with. */
function valuesOf({ actual, expected, message }: SearchInput['failures'][number]['failure']): (string | null)[] {
  if (actual !== null && expected !== null) return [actual, expected]
  const found = /^\s*(\S.{0,200}?) !==? (\S.{0,200})$/m.exec(message)
  if (found) return [found[1]!, found[2]!]
  const jest = /expected (.{1,200}?) to (?:deeply |strictly )?(?:be|equal|eql) (.{1,200}?)(?: \/\/|$)/im.exec(message)
  return jest ? [jest[1]!, jest[2]!] : [null, null]
}

function signsOf({ actual, expected }: Pair): Sign[] {
  if (actual instanceof Raw && /^Promise\b/.test(actual.text)) return ['promise']
  const found: Sign[] = []
  if (actual === undefined) found.push('undefined')
  if (actual === null || expected === null || expected === undefined) found.push('nullish')
  if (typeof actual === 'number' && Number.isNaN(actual)) found.push('nan')
  if (lost(expected) && !lost(actual)) found.push('falsy-lost')
  if (typeof actual === 'number' && typeof expected === 'number') return [...found, ...byNumber(actual, expected)]
  if (typeof actual === 'string' && typeof expected === 'string') return [...found, ...byText(actual, expected)]
  if (typeof actual === 'boolean' && typeof expected === 'boolean') return [...found, 'boolean']
  if (Array.isArray(actual) && Array.isArray(expected)) return [...found, ...byList(actual, expected)]
  return actual === undefined || actual === null || expected === null ? found : [...found, 'kind']
}

const lost = (value: Value): boolean => value === 0 || value === '' || value === false

function byNumber(actual: number, expected: number): Sign[] {
  if (Math.abs(Math.abs(actual - expected) - 1) < 1e-9) return ['number', 'one-off']
  if (Number.isInteger(expected) && !Number.isInteger(actual) && Math.abs(actual - expected) < 1)
    return ['number', 'fraction']
  return actual === -expected ? ['number', 'negated-number'] : ['number']
}

function byText(actual: string, expected: string): Sign[] {
  const found: Sign[] = ['string']
  const tight = (text: string): string => text.replace(/\s+/g, '')
  if (tight(actual) === tight(expected)) found.push('space')
  if (actual.toLowerCase() === expected.toLowerCase()) found.push('case')
  if (actual.length > expected.length) found.push('longer')
  if (actual.length < expected.length) found.push('shorter')
  if (Math.abs(actual.length - expected.length) === 1) found.push('one-off')
  return found
}

const sorted = (list: Value[]): string => JSON.stringify(list.map((item) => JSON.stringify(item)).sort())

function byList(actual: Value[], expected: Value[]): Sign[] {
  if (JSON.stringify(actual) === JSON.stringify([...expected].reverse())) return ['reversed', 'order']
  if (sorted(actual) === sorted(expected)) return ['order']
  const off: Sign[] = Math.abs(actual.length - expected.length) === 1 ? ['one-off'] : []
  if (actual.length < expected.length) return ['fewer', ...off]
  return actual.length > expected.length ? ['more', ...off] : []
}
