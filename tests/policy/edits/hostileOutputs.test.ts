import { expect, test } from 'vitest'
import { feedbackOf } from '../../../lib/policy/edits/problem.ts'
import { judged, rulesOf } from './desk.ts'
import { OUTPUTS } from './hostileOutputs.ts'

test('there are at least thirty', () => {
  expect(OUTPUTS.length).toBeGreaterThanOrEqual(30)
})

test.each(OUTPUTS)('refuses %s', (_, answer, rule) => {
  expect(rulesOf(answer)).toContain(rule)
})

const RULES = [...new Set(OUTPUTS.map(([, , rule]) => rule))]
test.each(RULES)('without the rule "%s" something would come through', (off) => {
  const alone = OUTPUTS.filter(([, answer]) => rulesOf(answer).every((rule) => rule === off))
  expect(alone.length).toBeGreaterThan(0)
})

test.each(OUTPUTS)('%s is answered in words that say what to do', (_, answer) => {
  const said = judged(answer)
  const feedback = said.ok ? '' : feedbackOf(said.problems)
  expect(feedback.length).toBeGreaterThan(10)
  expect(feedback.length).toBeLessThan(4000)
  expect(feedback).not.toMatch(/[\u200b\u202e\0]/u)
})
