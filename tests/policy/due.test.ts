import { expect, test } from 'vitest'
import type { Severity } from '../../lib/domain/issue.ts'
import { dueOf, overdue } from '../../lib/policy/due.ts'

const seen = new Date('2026-06-01T10:00:00Z')
const minutes = (n: number) => new Date(seen.getTime() + n * 60_000)

test.each<[Severity, number, string]>([
  ['P0', 1, 'start'],
  ['P1', 1, 'start'],
  ['P2', 60, 'patch'],
  ['P3', 24 * 60, 'patch'],
  ['P4', 7 * 24 * 60, 'review'],
])('%s is due after %i minutes, for its %s', (severity, after, duty) => {
  const due = dueOf(severity, seen)
  expect(due.at).toEqual(minutes(after))
  expect(due.duty).toBe(duty)
  expect(due.why).toContain(severity)
})

test.each<[Severity, number]>([
  ['P0', 1],
  ['P2', 60],
  ['P3', 24 * 60],
  ['P4', 7 * 24 * 60],
])('%s is late one millisecond after it is due, not at it', (severity, after) => {
  const at = minutes(after)
  const facts = { severity, firstSeen: seen, doneAt: null }
  expect(overdue({ ...facts, now: at })).toMatchObject({ overdue: false, lateMs: 0 })
  expect(overdue({ ...facts, now: new Date(at.getTime() + 1) })).toMatchObject({ overdue: true, lateMs: 1 })
})

test('it says how late, and what is missing', () => {
  const late = (severity: Severity, now: Date) => overdue({ severity, firstSeen: seen, doneAt: null, now }).why
  expect(late('P1', minutes(4))).toBe('P1 is started at once. It is 3 min late: nobody started.')
  expect(late('P2', minutes(60 * 4))).toBe('P2 has a patch within an hour. It is 3 h late: there is no patch.')
  expect(late('P2', minutes(120))).toContain('It is 1 h late')
  expect(late('P4', minutes(60 * 24 * 8))).toContain('24 h late: nobody reviewed it')
})

test('done in time is never late, done late stays late', () => {
  const facts = { severity: 'P2', firstSeen: seen, now: minutes(10_000) } as const
  expect(overdue({ ...facts, doneAt: minutes(59) }).overdue).toBe(false)
  const late = overdue({ ...facts, doneAt: minutes(65) })
  expect(late).toMatchObject({ overdue: true, lateMs: 5 * 60_000 })
  expect(late.why).toBe('P2 has a patch within an hour. It is 5 min late.')
})
