/** One-sided 95 %: the 0.95 quantile of the standard normal distribution. */
const Z = 1.6448536269514722

/**
 * Lower one-sided 95 % bound of a proportion (Wilson, 1927): what the rate was at least. 0 without a sample.
 * More hits than trials count as all of them.
 */
export function lowerBound(hits: number, trials: number): number {
  if (!(trials > 0) || !(hits > 0)) return 0
  const p = Math.min(1, hits / trials)
  const z2 = Z * Z
  const middle = p + z2 / (2 * trials)
  const spread = Z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials))
  return Math.max(0, (middle - spread) / (1 + z2 / trials))
}
