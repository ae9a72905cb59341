import { expect, test } from 'vitest'
import type { Severity } from '../../lib/domain/issue.ts'
import { Policy } from '../../lib/domain/project.ts'
import { decide } from '../../lib/policy/decision.ts'

const policy = Policy.parse({})
const noon = new Date('2026-06-01T11:00:00Z')
const midnight = new Date('2026-06-01T23:00:00Z')

const SEVERITIES: Severity[] = ['P0', 'P1', 'P2', 'P3', 'P4']
const USERS = [0, 9, 10, 100, 101, null]
const TIERS = ['replayed', 'tested', 'not-reproduced'] as const
const GATES = ['pass', 'needs-approval', 'refused'] as const

type Cell = {
  level: 1 | 2 | 3
  severity: Severity
  users: number | null
  low: boolean
  tier: (typeof TIERS)[number]
  gate: (typeof GATES)[number]
  now: Date
  where: 'branch' | 'staging' | 'production'
}

/** Section 7's table, written a second time from its words: what may happen now, without anybody. */
function mayNow(cell: Cell): boolean {
  if (cell.gate !== 'pass') return false
  if (cell.where === 'branch') return true
  if (cell.tier === 'not-reproduced' || cell.level === 1) return false
  if (cell.where === 'staging') return true
  const urgent = cell.severity === 'P0' || cell.severity === 'P1'
  const inHours = cell.now === noon
  if (cell.level === 2) return !urgent && cell.users !== null && cell.users < 10 && cell.low && inHours
  if (cell.severity === 'P0') return cell.users !== null && cell.users <= 100
  return urgent || inHours
}

test('every cell of the table agrees with a second reading of it', () => {
  const wrong: Cell[] = []
  let cells = 0
  for (const level of [1, 2, 3] as const)
    for (const severity of SEVERITIES)
      for (const users of USERS)
        for (const low of [true, false])
          for (const tier of TIERS)
            for (const gate of GATES)
              for (const now of [noon, midnight])
                for (const where of ['branch', 'staging', 'production'] as const) {
                  cells++
                  const cell: Cell = { level, severity, users, low, tier, gate, now, where }
                  const risk = { low, reasons: low ? [] : ['It is large.'], files: 1, lines: 1 }
                  const kind = where === 'branch' ? 'push' : 'promote'
                  const facts = { kind, target: where, level, severity, users, risk, tier, gate, now } as const
                  const decision = decide({ ...facts, policy, policyVersion: 1 })
                  const holds = new Date(decision.from) <= now && now < new Date(decision.until)
                  if ((decision.answer === 'go' && holds) !== mayNow(cell)) wrong.push(cell)
                  if ((decision.answer === 'stop') !== (gate === 'refused')) wrong.push(cell)
                  if (decision.reasons.length === 0 || decision.from >= decision.until) wrong.push(cell)
                }
  expect(cells).toBe(9720)
  expect(wrong).toEqual([])
})
