import { expect, test } from 'vitest'
import { RULES, type Rule } from '../../../lib/policy/integrity/rules.ts'
import { concernsOf, integrityOf } from '../../../lib/policy/integrity.ts'
import { riskOf } from '../../../lib/policy/risk.ts'
import { changeOf } from './bases.ts'
import { SEEN_PAIRS } from './pythonPairs.ts'
import { REVIEWS } from './reviews.ts'

test.each(REVIEWS)('%s is allowed, and a person sees it', (_, edits, rule) => {
  const [before, after] = changeOf(edits)
  expect(integrityOf(before, after)).toEqual({ ok: true })
  expect(concernsOf(before, after).map((finding) => finding.rule)).toContain(rule)
  expect(riskOf({ before, after, critical: false, tier: 'replayed', kept: 0 }).low).toBe(false)
})

const REVIEWING = (Object.keys(RULES) as Rule[]).filter((rule) => RULES[rule].answer === 'review')
test.each(REVIEWING)('with the rule "%s" switched off something would not be seen', (off) => {
  const changes = [
    ...REVIEWS.map(([, edits]) => changeOf(edits)),
    ...SEEN_PAIRS.map(([, before, after]) => [{ 'app/one.py': before }, { 'app/one.py': after }] as const),
  ]
  const alone = changes.filter(([before, after]) => concernsOf(before, after).every(({ rule }) => rule === off))
  expect(alone.length).toBeGreaterThan(0)
})

test('a reason is said once, however it was found', () => {
  const [before, after] = changeOf(REVIEWS[0]![1])
  const { reasons } = riskOf({ before, after, critical: false, tier: 'replayed', kept: 0 })
  expect(reasons.filter((reason) => reason.includes('call to the outside'))).toHaveLength(1)
})
