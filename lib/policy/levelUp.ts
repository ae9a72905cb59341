import type { ReleaseState } from '../domain/release.ts'

/** What the audit says, each list in the audit's own order and with its own times. */
export interface LevelRecord {
  /** Every row that set the level, the registration first. */
  levels: { at: Date; level: number }[]
  /** How releases ended. `rejected`: a person took it back before it reached production. */
  ends: { at: Date; state: ReleaseState; rejected: boolean }[]
  /** Whether the chain of hashes verifies. */
  chain: 'holds' | 'broken' | 'unknown'
}

export interface LevelAnswer {
  answer: 'may' | 'may-not'
  /** Never empty; of a `may-not` each thing that is missing, in numbers. */
  reasons: string[]
}

/** Design, section 7. Days are 24 hours, so that no change of clocks makes one shorter. */
export const EARNED = { days: 30, cured: 10 } as const

const DAY = 86_400_000

/** May the level be raised to 3? Earned at level 2 and only there; levels 1 and 2 need no record. */
export function mayRaise({ levels, ends, chain }: LevelRecord, now: Date): LevelAnswer {
  const reasons: string[] = []
  if (chain !== 'holds') reasons.push(`The audit’s chain ${chain === 'broken' ? 'is broken' : 'was not verified'}.`)
  const unsound = unsoundness(levels, now) ?? unsoundness(ends, now)
  if (unsound !== null) return { answer: 'may-not', reasons: [...reasons, unsound] }

  const days = daysAtLevelTwo(levels, now)
  if (days < EARNED.days) reasons.push(`${days} of ${EARNED.days} days at level 2.`)
  const recent = ends.filter((end) => end.at.getTime() >= now.getTime() - EARNED.days * DAY)
  const cured = recent.filter((end) => end.state === 'cured').length
  if (cured < EARNED.cured) reasons.push(`${cured} of ${EARNED.cured} cured in the last ${EARNED.days} days.`)
  reasons.push(...against(recent))
  if (reasons.length > 0) return { answer: 'may-not', reasons }
  return { answer: 'may', reasons: [`${days} days at level 2, ${cured} cured, none relapsed or rolled back.`] }
}

/** A clock that was moved, or a row that was slipped in, shows in the order; such a record proves nothing. */
function unsoundness(rows: { at: Date }[], now: Date): string | null {
  let last = Number.NEGATIVE_INFINITY
  for (const { at } of rows) {
    if (!(at.getTime() <= now.getTime())) return 'The audit has a row from the future, or one without a date.'
    if (at.getTime() < last) return 'The audit’s rows are out of order.'
    last = at.getTime()
  }
  const distinct = new Set(rows.map((row) => JSON.stringify(row)))
  return distinct.size < rows.length ? 'The audit has the same row twice.' : null
}

/** Whole days since the level became 2 and stayed there. */
function daysAtLevelTwo(levels: LevelRecord['levels'], now: Date): number {
  let since: Date | null = null
  for (const row of levels) since = row.level === 2 ? (since ?? row.at) : null
  return since === null ? 0 : Math.floor((now.getTime() - since.getTime()) / DAY)
}

/** Ends that say nothing against us; any other but a rejection does, also one that this list does not know. */
const HARMLESS: ReleaseState[] = ['cured', 'unexposed', 'held']

function against(ends: LevelRecord['ends']): string[] {
  const bad = ends.filter(({ state, rejected }) => !HARMLESS.includes(state) && !(state === 'rolled-back' && rejected))
  const states = [...new Set(bad.map((end) => end.state))]
  return states.map((state) => {
    const days = bad.filter((end) => end.state === state).map((end) => end.at.toISOString().slice(0, 10))
    return `${days.length} ${state.replace('-', ' ')}${days.length > 1 ? ', the last' : ''} on ${days.at(-1)}.`
  })
}
