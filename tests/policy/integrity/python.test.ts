import { expect, test } from 'vitest'
import { RULES } from '../../../lib/policy/integrity/rules.ts'
import { findingsOf, integrityOf } from '../../../lib/policy/integrity.ts'
import { FACTS } from './bases.ts'
import { CHEAT_PAIRS } from './pythonCheatPairs.ts'
import { HONEST_PAIRS, SEEN_PAIRS } from './pythonPairs.ts'

const PATH = 'app/one.py'
const facts = {
  ...FACTS,
  literals: [...FACTS.literals, 'ftp://', 'jpeg', '.webm', 'text/markdown'],
  expected: [...FACTS.expected, "'Harbour View'", "'video/webm'", "'picture'"],
}
const found = (before: string, after: string) =>
  findingsOf({ [PATH]: before }, { [PATH]: after }, facts).map(({ rule }) => rule)

test.each(HONEST_PAIRS)('%s is a repair', (_, before, after) => {
  expect(integrityOf({ [PATH]: before }, { [PATH]: after }, facts)).toEqual({ ok: true })
})

test.each(SEEN_PAIRS)('%s is a repair that a person sees', (_, before, after, rule) => {
  expect(integrityOf({ [PATH]: before }, { [PATH]: after }, facts)).toEqual({ ok: true })
  expect(found(before, after)).toContain(rule)
})

test.each(CHEAT_PAIRS)('refuses %s', (_, before, after, rule) => {
  expect(RULES[rule].answer).toBe('refuse')
  expect(found(before, after)).toContain(rule)
})
