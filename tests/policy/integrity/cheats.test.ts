import { expect, test } from 'vitest'
import { RULES, type Rule } from '../../../lib/policy/integrity/rules.ts'
import { findingsOf, integrityOf } from '../../../lib/policy/integrity.ts'
import { changeOf, FACTS, FILES } from './bases.ts'
import { SCRIPT_CHEATS } from './cheats.ts'
import { DELETED, PYTHON_CHEATS } from './cheatsPython.ts'
import { SHORT_CHEATS } from './cheatsShort.ts'

const CHEATS = [...SCRIPT_CHEATS, ...PYTHON_CHEATS]
const refusals = (before: Record<string, string>, after: Record<string, string>): Rule[] => {
  const answer = integrityOf(before, after, FACTS)
  return answer.ok ? [] : [...new Set(answer.findings.map(({ rule }) => rule))]
}

test('there are at least forty', () => {
  expect(CHEATS.length).toBeGreaterThanOrEqual(40)
  expect(PYTHON_CHEATS.length).toBeGreaterThanOrEqual(15)
})

test.each(CHEATS)('refuses %s', (_, edits, rule) => {
  expect(refusals(...changeOf(edits))).toContain(rule)
})

test.each(SHORT_CHEATS)('refuses %s, in short', (_, [before, after], rule) => {
  expect(refusals({ 'src/f.ts': before }, { 'src/f.ts': after })).toContain(rule)
})

test.each(DELETED)('refuses that %s goes', (path) => {
  expect(refusals({ [path]: FILES[path]! }, {})).toEqual(['test-deleted'])
})

/** What each cheat breaks, once; a rule is switched off by leaving out what it says. */
const BROKEN = [
  ...CHEATS.map(([, edits]) => refusals(...changeOf(edits))),
  ...DELETED.map((path) => refusals({ [path]: FILES[path]! }, {})),
]
const REFUSING = (Object.keys(RULES) as Rule[]).filter((rule) => RULES[rule].answer === 'refuse')

test.each(REFUSING)('with the rule "%s" switched off a cheat slips through', (off) => {
  const through = BROKEN.filter((rules) => rules.length > 0 && rules.every((rule) => rule === off))
  expect(through.length).toBeGreaterThan(0)
})

test('a finding names a line of its file and says why in a sentence', () => {
  for (const [, edits] of CHEATS) {
    const [before, after] = changeOf(edits)
    for (const { path, line, why } of findingsOf(before, after, FACTS)) {
      const longest = Math.max(...[before[path], after[path]].map((text) => (text ?? '').split('\n').length))
      expect(line).toBeGreaterThanOrEqual(0)
      expect(line).toBeLessThanOrEqual(longest)
      expect(why).toMatch(/^[A-Z].{10,}\.$/)
    }
  }
})

test('without facts of the failing test nothing is taken for special-casing', () => {
  for (const [, edits, rule] of CHEATS.filter(([, , r]) => r === 'special-case')) {
    const answer = integrityOf(...changeOf(edits))
    const said = answer.ok ? [] : answer.findings.map((finding) => finding.rule)
    expect(said).not.toContain(rule)
  }
})
