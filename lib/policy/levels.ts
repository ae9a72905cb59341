import type { Severity } from '../domain/issue.ts'
import type { DecisionFacts } from './decisionFacts.ts'
import { isCount } from './sample.ts'

/** The rows of the table; `none` is an effect the table does not know, which is never done. */
export type Row = 'propose' | 'rerun' | 'staging' | 'production' | 'rollback' | 'tell' | 'none'

export interface Ruling {
  answer: 'go' | 'ask' | 'stop'
  /** Never empty. */
  reasons: string[]
}

/** Users from which level 2 asks, and above which a P0 asks at level 3; an unknown number counts as many. */
export const LEVEL_2_USERS = 10
export const LEVEL_3_USERS = 100

const SEVERITIES: Severity[] = ['P0', 'P1', 'P2', 'P3', 'P4']

type Rows = Partial<Record<DecisionFacts['target'], Row>>
const shipped: Rows = { staging: 'staging', production: 'production' }
const takenBack: Rows = { staging: 'rollback', production: 'rollback' }

/** Only these pairs of what and where exist: a push to production is no row, so nobody can decide it. */
const ROWS: Record<DecisionFacts['kind'], Rows> = {
  push: { branch: 'propose' },
  propose: { branch: 'propose' },
  merge: shipped,
  deploy: shipped,
  promote: shipped,
  rerun: { branch: 'rerun', staging: 'rerun', production: 'rerun' },
  // Environments are reset with their data, so production is none of them.
  'reset-environment': { branch: 'rerun', staging: 'rerun' },
  rollback: takenBack,
  revert: takenBack,
  'propose-revert': takenBack,
  withdraw: takenBack,
  tell: { inbox: 'tell', tracker: 'tell' },
}

export const rowOf = ({ kind, target }: Pick<DecisionFacts, 'kind' | 'target'>): Row => ROWS[kind]?.[target] ?? 'none'

export function rulingOf(row: Row, facts: DecisionFacts): Ruling {
  const { level, kind, target } = facts
  if (row === 'tell') return go('A notice is always sent.')
  if (row === 'none') return stop(`No rule allows to ${kind} to ${target}.`)
  if (level !== 1 && level !== 2 && level !== 3) return stop('The autonomy level is unknown.')
  if (row === 'rollback') return rollback(facts)
  if (row !== 'rerun') return shipping(row, facts)
  if (level === 1) return ask('At level 1 a rerun is a person’s click.')
  return go(`Level ${level} reruns CI and resets environments.`)
}

function shipping(row: 'propose' | 'staging' | 'production', facts: DecisionFacts): Ruling {
  const { level, gate = 'pass', suite = 'green', kept = 0, tier } = facts
  if (gate !== 'pass' && gate !== 'needs-approval')
    return stop('The change touches protected files: it may be shown, never pushed.')
  const asks = gate === 'needs-approval' ? ['The change touches files that need a person’s approval.'] : []
  if (kept !== 0)
    asks.push(`The test holds ${kept} captured ${kept === 1 ? 'value' : 'values'} that nobody has seen yet.`)
  if (row !== 'propose') {
    if (suite === 'none') return stop('The repository has no tests, so it gets proposals only.')
    if (suite !== 'green') return stop('The repository’s tests are red without the fix, so it gets proposals only.')
    if (level === 1) asks.push('Level 1 proposes: a person approves every deployment.')
    if (tier !== 'replayed' && tier !== 'tested') asks.push('The error could not be reproduced.')
  }
  if (row === 'production') asks.push(...productionAsks(facts))
  if (asks.length > 0) return ask(...asks)
  if (row === 'propose') return go('A branch of our own and a draft pull request are open at every level.')
  return go(`Level ${level} ships this to ${row}.`)
}

function productionAsks({ level, severity, users, risk }: DecisionFacts): string[] {
  const asks: string[] = []
  if (!SEVERITIES.includes(severity)) asks.push('The severity is unknown.')
  if (level === 2) {
    if (severity === 'P0' || severity === 'P1') asks.push(`At level 2 a person decides about ${severity}.`)
    asks.push(...tooMany(users, (n) => n < LEVEL_2_USERS))
    if (!risk.low) asks.push('The risk is not low.', ...risk.reasons)
  }
  if (level === 3 && severity === 'P0') asks.push(...tooMany(users, (n) => n <= LEVEL_3_USERS))
  return asks
}

function tooMany(users: number | null, few: (users: number) => boolean): string[] {
  if (users === null) return ['How many users are affected cannot be known, which counts as many.']
  return isCount(users) && few(users) ? [] : [`${users} users are affected.`]
}

/** Taking back our own release, from traffic or from a branch, needs nobody; a person's work does, unless it is clean. */
function rollback({ level, rollback: facts }: DecisionFacts): Ruling {
  if (!facts) return stop('It is not known whose deployment this would roll back.')
  if (facts.whose === 'ours') return go('Our own release is taken back at every level.')
  const { clean, optedIn } = facts
  const why = clean.answer ? `Rolling back is safe: ${clean.why}` : `Rolling back may not be safe: ${clean.why}`
  const alone = level === 3 || (level === 2 && optedIn)
  if (!alone) return ask('It is a person’s deployment.', why)
  return clean.answer ? go(why) : ask(why)
}

const go = (...reasons: string[]): Ruling => ({ answer: 'go', reasons })
const ask = (...reasons: string[]): Ruling => ({ answer: 'ask', reasons })
const stop = (...reasons: string[]): Ruling => ({ answer: 'stop', reasons })
