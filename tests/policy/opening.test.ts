import { expect, test } from 'vitest'
import type { Severity } from '../../lib/domain/issue.ts'
import { Policy } from '../../lib/domain/project.ts'
import { decide } from '../../lib/policy/decision.ts'

/** 9 to 18 in London, Monday to Friday; in June that is 8 to 17 UTC. */
const policy = Policy.parse({})

const decided = (
  now: string,
  over: { severity?: Severity; level?: 1 | 2 | 3; policy?: Policy; target?: 'staging' } = {},
) =>
  decide({
    kind: 'promote',
    target: 'production',
    level: 2,
    severity: 'P2',
    users: 1,
    risk: { low: true, reasons: [], files: 1, lines: 1 },
    tier: 'replayed',
    policy,
    policyVersion: 1,
    now: new Date(now),
    ...over,
  })

test.each([
  ['a millisecond before nine', '2026-06-01T07:59:59.999Z', '2026-06-01T08:00:00.000Z', '2026-06-01T08:15:00.000Z'],
  ['at nine', '2026-06-01T08:00:00.000Z', '2026-06-01T08:00:00.000Z', '2026-06-01T08:15:00.000Z'],
  ['half a minute after nine', '2026-06-01T08:00:30.000Z', '2026-06-01T08:00:00.000Z', '2026-06-01T08:15:30.000Z'],
  ['cut at six', '2026-06-01T16:50:00.000Z', '2026-06-01T16:49:00.000Z', '2026-06-01T17:00:00.000Z'],
  ['the last millisecond', '2026-06-01T16:59:59.999Z', '2026-06-01T16:58:59.999Z', '2026-06-01T17:00:00.000Z'],
  ['at six, until tomorrow', '2026-06-01T17:00:00.000Z', '2026-06-02T08:00:00.000Z', '2026-06-02T08:15:00.000Z'],
  ['on Saturday', '2026-06-06T12:00:00.000Z', '2026-06-08T08:00:00.000Z', '2026-06-08T08:15:00.000Z'],
])('P2 to production %s', (_, now, from, until) => {
  expect(decided(now)).toMatchObject({ answer: 'go', from, until })
})

test.each<Severity>(['P2', 'P3', 'P4'])(
  '%s waits for hours at every level, also when a person is asked',
  (severity) => {
    const night = '2026-06-01T22:00:00.000Z'
    for (const level of [1, 2, 3] as const) {
      const decision = decided(night, { severity, level })
      expect(decision.answer).toBe(level === 1 ? 'ask' : 'go')
      expect(decision.from).toBe('2026-06-02T08:00:00.000Z')
      expect(decision.reasons.at(-1)).toContain('they open Tue 2026-06-02 09:00')
    }
  },
)

test.each<Severity>(['P0', 'P1'])('%s does not wait for hours', (severity) => {
  const night = '2026-06-06T22:00:00.000Z'
  const aMinuteAgo = '2026-06-06T21:59:00.000Z'
  expect(decided(night, { severity, level: 3 })).toMatchObject({ answer: 'go', from: aMinuteAgo })
  expect(decided(night, { severity, level: 2 })).toMatchObject({ answer: 'ask', from: aMinuteAgo })
})

test('staging does not wait for hours', () => {
  const night = '2026-06-06T22:00:00.000Z'
  expect(decided(night, { target: 'staging' })).toMatchObject({
    from: '2026-06-06T21:59:00.000Z',
    until: '2026-06-06T22:15:00.000Z',
  })
})

const freezes = [{ from: '2026-06-01', until: '2026-06-03T12:00', why: 'Stocktaking' }]
const frozen = Policy.parse({ hours: { freezes } })

test.each<Severity>(['P2', 'P3', 'P4'])('a freeze binds %s as hours do', (severity) => {
  for (const level of [1, 2, 3] as const) {
    const decision = decided('2026-06-02T10:00:00.000Z', { severity, level, policy: frozen })
    expect(decision).toMatchObject({ from: '2026-06-03T11:00:00.000Z', until: '2026-06-03T11:15:00.000Z' })
    expect(decision.reasons.at(-1)).toContain('Frozen until Wed 2026-06-03 12:00: Stocktaking')
  }
})

test('a freeze binds neither P0 and P1 nor staging, and a go ends as it begins', () => {
  const aMinuteAgo = { answer: 'go', from: '2026-06-02T09:59:00.000Z' }
  const now = '2026-06-02T10:00:00.000Z'
  expect(decided(now, { severity: 'P0', level: 3, policy: frozen })).toMatchObject(aMinuteAgo)
  expect(decided(now, { severity: 'P1', level: 3, policy: frozen })).toMatchObject(aMinuteAgo)
  expect(decided(now, { target: 'staging', policy: frozen })).toMatchObject(aMinuteAgo)
  const noon = Policy.parse({ hours: { freezes: [{ ...freezes[0], from: '2026-06-01T12:00' }] } })
  expect(decided('2026-06-01T10:50:00.000Z', { policy: noon }).until).toBe('2026-06-01T11:00:00.000Z')
  expect(decided('2026-06-03T11:00:30.000Z', { policy: noon }).from).toBe('2026-06-03T11:00:00.000Z')
})

test('hours that never open stop it, and say so', () => {
  const never = Policy.parse({ hours: { days: [] } })
  const decision = decided('2026-06-01T10:00:00.000Z', { policy: never, level: 1 })
  expect(decision.answer).toBe('stop')
  expect(decision.reasons).toContain('Production hours name no open time.')
  expect(decided('2026-06-01T10:00:00.000Z', { policy: never, severity: 'P0', level: 3 }).answer).toBe('go')
})
