import { expect, test } from 'vitest'
import { Policy } from '../../lib/domain/project.ts'
import { judged, PAIRS, PROOFS, ROLLBACKS } from './cells.ts'
import { drawing } from './drawing.ts'
import { differs } from './judge.ts'
import { closesAt, opensAt } from './oracleHours.ts'

/** A team's policy with one value damaged: by a hand, a half-written row, or a program that knew another version. */
const FIELDS = ['', 'hours', 'hours.zone', 'hours.from', 'hours.to', 'hours.days', 'hours.days.0', 'hours.freezes']
FIELDS.push('hours.freezes.0', 'soakSeconds', 'watchSeconds', 'probes', 'approvalHours', 'protect', 'unheardOf')
const VALUES = [null, '', '3 ', 'x', Number.NaN, -1, 1e9, 0.5, Number.POSITIVE_INFINITY, true, {}, [], [null], [{}]]

const sound = () =>
  structuredClone(Policy.parse({ hours: { freezes: [{ from: '2026-12-21', until: '2027-01-03', why: 'Christmas' }] } }))

function damaged(field: string, value: unknown): unknown {
  if (field === '') return value
  const policy = sound()
  const keys = field.split('.')
  let at: Record<string, unknown> = policy
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>
  at[keys.at(-1)!] = value
  return policy
}

const NOON = new Date('2026-06-01T11:00Z')
const NIGHT = new Date('2026-06-01T23:00Z')
const CHRISTMAS = new Date('2026-12-25T12:00Z')

/** Of every effect under this policy: how decisions differ from the oracle, which knows these hours. */
function illegal(policy: Policy): string[] {
  const draw = drawing(19)
  const clocks = [NOON, NIGHT, CHRISTMAS].map((now) => {
    const opens = opensAt(policy.hours, now.getTime())
    return { hours: policy.hours, now, opens, closes: opens === null ? null : closesAt(policy.hours, opens) }
  })
  const wrong = new Set<string>()
  for (const pair of PAIRS)
    for (const cell of judged(pair)) {
      const how = differs({ ...cell, ...draw(PROOFS), rollback: draw(ROLLBACKS) }, draw(clocks), policy)
      if (how !== null) wrong.add(how)
    }
  return [...wrong]
}

test('a damaged policy is refused, or what it still says is kept to', { timeout: 60_000 }, () => {
  const kept: string[] = []
  let tried = 0
  for (const field of FIELDS)
    for (const value of VALUES) {
      tried++
      const parsed = Policy.safeParse(damaged(field, value))
      if (!parsed.success) continue
      kept.push(`${field} ${JSON.stringify(value)}`)
      expect(illegal(parsed.data)).toEqual([])
    }
  expect(tried).toBe(15 * 14)
  // Defaults, zones nobody knows (never open), no days (never open), no freezes, and windows longer than a life.
  expect(kept).toEqual([
    ' {}',
    'hours {}',
    'hours.zone ""',
    'hours.zone "3 "',
    'hours.zone "x"',
    'hours.days []',
    'hours.freezes []',
    'soakSeconds 1000000000',
    'watchSeconds 1000000000',
    'probes 1000000000',
    'protect []',
  ])
})
