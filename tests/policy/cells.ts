import type { RollbackFacts } from '../../lib/policy/decisionFacts.ts'
import type { Cell } from './oracle.ts'

/** The dimensions of section 7's table, each with values that no type allows but a damaged row may hold. */
type Level = Cell['level']
const KINDS = [
  'push',
  'propose',
  'merge',
  'deploy',
  'promote',
  'rerun',
  'reset-environment',
  'rollback',
  'revert',
  'propose-revert',
  'withdraw',
  'tell',
] as const
const TARGETS = ['branch', 'staging', 'production', 'inbox'] as const
const LEVELS: Level[] = [1, 2, 3, Number.NaN as Level, '2' as unknown as Level]
const SEVERITIES = ['P0', 'P1', 'P2', 'P3', 'P4'] as const
const USERS = [0, 9, 10, 100, 101, null, Number.NaN, -1]
const RISKS = [true, false].map((low) => ({ low, reasons: low ? [] : ['It is large.'], files: 1, lines: 1 }))
const TIERS = ['replayed', 'tested', 'not-reproduced'] as const
const GATES = ['pass', 'needs-approval', 'refused'] as const
const SUITES = ['green', 'red', 'none'] as const
const KEPT = [0, 1]
export const ROLLBACKS: (RollbackFacts | undefined)[] = [
  undefined,
  ...(['ours', 'person'] as const).flatMap((whose) =>
    [true, false].flatMap((safe) =>
      [true, false].map((optedIn) => ({ whose, clean: { answer: safe, why: 'computed.' }, optedIn })),
    ),
  ),
]

export const PAIRS = KINDS.flatMap((kind) => TARGETS.map((target) => ({ kind, target })))
export type Pair = (typeof PAIRS)[number]
/** The row whose every decision also asks the clock. */
export const isProduction = ({ kind, target }: Pair): boolean =>
  target === 'production' && (kind === 'merge' || kind === 'deploy' || kind === 'promote')

/** Level × severity × users × low risk: 400 cells a pair. */
export function* judged(
  pair: Pair,
): Generator<Pick<Cell, 'kind' | 'target' | 'level' | 'severity' | 'users' | 'risk'>> {
  for (const level of LEVELS)
    for (const severity of SEVERITIES)
      for (const users of USERS) for (const risk of RISKS) yield { ...pair, level, severity, users, risk }
}

/** Tier × gate × suite × kept: 54 proofs. */
export const PROOFS = TIERS.flatMap((tier) =>
  GATES.flatMap((gate) => SUITES.flatMap((suite) => KEPT.map((kept) => ({ tier, gate, suite, kept })))),
)
