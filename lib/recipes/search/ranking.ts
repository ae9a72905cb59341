import type { Change } from './operator.ts'

/** A change with what the order is made from. */
export interface Ranked {
  operator: string
  path: string
  line: number
  /** Suspicion of the line × prior of the operator × what the failures say × odds of this change. */
  score: number
  change: Change
}

/** Each further change of the same line, and of the same operator on that line, counts a little less than the one before. */
const SAME_LINE = 0.96
const SAME_OPERATOR = 0.9

/**
 * The likeliest first, but a line does not use up all places: what was already proposed for a line and by an operator on it
 * lessens the next. Equal scores keep the order of the source.
 */
export function order(all: Ranked[]): Ranked[] {
  const lines = new Map<string, number>()
  const operators = new Map<string, number>()
  const counted = [...all]
    .sort((a, b) => b.score - a.score)
    .map((one) => {
      const line = `${one.path}:${one.line}`
      const operator = `${line}:${one.operator}`
      const before = lines.get(line) ?? 0
      const alike = operators.get(operator) ?? 0
      lines.set(line, before + 1)
      operators.set(operator, alike + 1)
      return { one, score: one.score * SAME_LINE ** before * SAME_OPERATOR ** alike }
    })
  return counted.sort((a, b) => b.score - a.score).map(({ one }) => one)
}
