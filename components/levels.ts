import type { Severity } from '@/lib/domain/issue.ts'
import type { Level } from '@/lib/domain/project.ts'

export const LEVEL_NAMES: Record<Level, string> = { 1: 'propose', 2: 'auto-fix low risk', 3: 'full' }

/** Under which conditions something happens without a person; what is left out does not count. */
export interface When {
  severities?: Severity[]
  usersBelow?: number
  lowRisk?: true
  /** Waits for production hours. */
  inHours?: Severity[]
  /** Of these severities, above this number of users a person is asked. */
  asksAbove?: { severity: Severity; users: number }
  /** Where the computed safety of a rollback is clean. */
  clean?: true
  /** The team has to opt in. */
  optIn?: true
}

export type Cell = 'go' | 'ask' | 'click' | When

export interface Effect {
  name: string
  /** At level 1, 2 and 3. */
  at: Record<Level, Cell>
}

const CALM: Severity[] = ['P2', 'P3', 'P4']

/** The table of the design, section 7. Held against the policy cell by cell, so that it cannot say what is not so. */
export const EFFECTS: Effect[] = [
  { name: 'Push agent/fix-…, draft pull request', at: { 1: 'go', 2: 'go', 3: 'go' } },
  { name: 'Rerun CI, reset environment', at: { 1: 'click', 2: 'go', 3: 'go' } },
  { name: 'Staging', at: { 1: 'ask', 2: 'go', 3: 'go' } },
  {
    name: 'Production',
    at: {
      1: 'ask',
      2: { severities: CALM, usersBelow: 10, lowRisk: true, inHours: CALM },
      3: { inHours: CALM, asksAbove: { severity: 'P0', users: 100 } },
    },
  },
  { name: 'Roll back our release', at: { 1: 'go', 2: 'go', 3: 'go' } },
  { name: 'Roll back a person’s deployment', at: { 1: 'ask', 2: { clean: true, optIn: true }, 3: { clean: true } } },
  { name: 'Tell people', at: { 1: 'go', 2: 'go', 3: 'go' } },
]

/** A cell in the design's words. */
export function cellInWords(cell: Cell): string {
  if (cell === 'click') return 'a person’s click'
  if (typeof cell === 'string') return cell
  if (cell.clean) return cell.optIn ? 'ask (opt-in: go when the computed safety is clean)' : 'go when clean'
  if (cell.asksAbove) {
    const { severity, users } = cell.asksAbove
    return `go (${span(cell.inHours)} in hours); ${severity} with > ${users} users asks`
  }
  const parts = [
    `for ${span(cell.severities)}`,
    `< ${cell.usersBelow} users`,
    ...(cell.lowRisk ? ['low risk'] : []),
    ...(cell.inHours ? ['in hours'] : []),
  ]
  return `go ${parts.join(', ')}; else ask`
}

const span = (severities: Severity[] = []): string => `${severities[0]}–${severities.at(-1)}`
