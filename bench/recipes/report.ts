import type { Verdict } from './judge.ts'

/** The most that the true share can be, 95 times in 100, after `k` of `n`; 1 where nothing was seen (Clopper-Pearson). */
export function upperBound(k: number, n: number): number {
  if (n === 0 || k === n) return 1
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const p = (low + high) / 2
    if (atMost(k, n, p) > 0.05) low = p
    else high = p
  }
  return high
}

/** The chance of `k` or fewer of `n`. */
function atMost(k: number, n: number, p: number): number {
  let [term, sum] = [(1 - p) ** n, 0]
  for (let i = 0; i <= k; i++) {
    sum += term
    term *= ((n - i) / (i + 1)) * (p / (1 - p))
  }
  return sum
}

export function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted.length === 0 ? null : sorted[Math.floor((sorted.length - 1) / 2)]!
}

const HEAD = ['', 'cases', 'proven', 'refused', 'error', 'escaped', '≤ at 95 %', 'exact', 'survived', 'median s']

/** One line an operator, and one for all. */
export function table(verdicts: Verdict[]): string[] {
  const operators = [...new Set(verdicts.map(({ operator }) => operator))].sort()
  const rows = operators.map((one) =>
    rowOf(
      one,
      verdicts.filter(({ operator }) => operator === one),
    ),
  )
  return [HEAD, ...rows, rowOf('all', verdicts)].map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(15) : cell.padStart(10))).join(''),
  )
}

function rowOf(name: string, verdicts: Verdict[]): string[] {
  const count = (is: (one: Verdict) => boolean) => verdicts.filter(is).length
  const proven = count(({ outcome }) => outcome === 'proven')
  const escaped = count((one) => one.escaped)
  const ms = median(verdicts.map((one) => one.ms))
  return [
    name,
    ...[verdicts.length, proven].map(String),
    ...(['refused', 'error'] as const).map((end) => String(count(({ outcome }) => outcome === end))),
    String(escaped),
    proven === 0 ? '–' : `${(upperBound(escaped, proven) * 100).toFixed(1)} %`,
    String(count(({ exact }) => exact)),
    String(verdicts.reduce((sum, { survived }) => sum + survived, 0)),
    ms === null ? '–' : (ms / 1000).toFixed(1),
  ]
}
