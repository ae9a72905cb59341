import { expect, test } from 'vitest'
import type { Fix } from '../../lib/domain/fix.ts'
import { Policy } from '../../lib/domain/project.ts'
import { nextAttempt } from '../../lib/policy/attempt.ts'
import { decide } from '../../lib/policy/decision.ts'
import { limitsOf } from '../../lib/policy/limits.ts'

type Row = Pick<Fix, 'attempt' | 'state' | 'superseded'>
const refused = (attempt: Fix['attempt']): Row => ({ attempt, state: 'refused', superseded: false })
const drafting = (attempt: Fix['attempt']): Row => ({ attempt, state: 'drafting', superseded: false })
const proven = (attempt: Fix['attempt']): Row => ({ attempt, state: 'proven', superseded: false })

test.each<[string, Row[], number, string]>([
  ['nothing yet', [], 0, 'go 1'],
  ['one refused', [refused(1)], 0, 'go 2'],
  ['two refused, in any order', [refused(2), refused(1)], 0, 'go 3'],
  ['three refused', [refused(1), refused(2), refused(3)], 0, 'stop'],
  ['cut off while drafting', [drafting(1)], 0, 'go 1'],
  ['the third, cut off', [refused(1), refused(2), drafting(3)], 0, 'go 3'],
  ['proven again on another base costs none', [proven(1), proven(1), proven(1), proven(1)], 0, 'go 2'],
  ['overtaken, to be proven again', [{ ...proven(1), superseded: true }], 0, 'go 1'],
  ['overtaken twice, then refused', [{ ...proven(1), superseded: true }, refused(1)], 0, 'go 2'],
  ['proven, then rolled back', [refused(1), proven(2)], 1, 'go 3'],
  ['the third was proven and came back', [refused(1), refused(2), proven(3)], 1, 'stop'],
  ['three rollbacks', [proven(1)], 3, 'stop'],
  ['two rollbacks', [proven(1)], 2, 'go 2'],
  ['rollbacks that were not counted', [], Number.NaN, 'stop'],
])('%s', (_, fixes, rollbacks, expected) => {
  const answer = nextAttempt({ fixes, rollbacks })
  expect(answer.answer === 'go' ? `go ${answer.attempt}` : 'stop').toBe(expected)
  expect(answer.why).toMatch(/\.$/)
})

test('three attempts or three rollbacks end fixing, and neither ends taking back', () => {
  let ended = 0
  for (let attempts = 0; attempts <= 5; attempts++)
    for (let rollbacks = 0; rollbacks <= 5; rollbacks++) {
      const fixes = Array.from({ length: attempts }, (_, n) => refused((n + 1) as Fix['attempt']))
      const { answer } = nextAttempt({ fixes, rollbacks })
      expect(answer).toBe(attempts < 3 && rollbacks < 3 ? 'go' : 'stop')
      if (answer === 'stop') ended++
    }
  expect(ended).toBe(27)
  // A rollback is decided without any count: there is none to pass in.
  for (const kind of ['rollback', 'revert'] as const) {
    const rollback = {
      whose: 'ours',
      clean: { answer: false, why: 'a migration came with it.' },
      optedIn: false,
    } as const
    const facts = {
      kind,
      target: 'production',
      level: 1,
      severity: 'P2',
      users: null,
      tier: 'replayed',
      rollback,
    } as const
    const risk = { low: false, reasons: [], files: 9, lines: 300 }
    expect(decide({ ...facts, risk, policy: Policy.parse({}), policyVersion: 1, now: new Date() }).answer).toBe('go')
  }
})

test.each([
  [{ attempts: 0, rollbacks: 0 }, 'within', '3 of 3 attempts are left.'],
  [{ attempts: 2, rollbacks: 2 }, 'within', '1 of 3 attempts is left.'],
  [{ attempts: 3, rollbacks: 0 }, 'reached', '3 of 3 attempts are used: a person takes over.'],
  [{ attempts: 0, rollbacks: 3 }, 'reached', '3 of 3 rollbacks are used: a person takes over.'],
  [{ attempts: Number.NaN, rollbacks: 0 }, 'reached', 'NaN of 3 attempts are used: a person takes over.'],
  [{ attempts: -1, rollbacks: 0 }, 'reached', '-1 of 3 attempts are used: a person takes over.'],
  [{ attempts: 0, rollbacks: -1 }, 'reached', '-1 of 3 rollbacks are used: a person takes over.'],
])('limits of %j', (facts, answer, why) => {
  expect(limitsOf(facts)).toEqual({ answer, why })
})

test('a draft goes on in its own words', () => {
  expect(nextAttempt({ fixes: [drafting(1)], rollbacks: 0 }).why).toBe('Attempt 1 goes on.')
  expect(nextAttempt({ fixes: [refused(1), drafting(1)], rollbacks: 0 }).why).toBe('2 of 3 attempts are left.')
})
