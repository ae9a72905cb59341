export interface Bar {
  from: Date
  n: number
}

export interface Bars {
  bars: Bar[]
  /** Minutes each bar stands for. */
  step: number
  total: number
  /** The bar with most failures. */
  worst: Bar
  /** The last minute with a failure. */
  last: Date
}

const MINUTE_MS = 60_000
/** As many as still are bars and not hairs on a phone. */
const MOST_BARS = 60
/** Widths people can name: up to an hour by parts of it, then by parts of a day. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 180, 360, 720, 1440]

/**
 * Failures over time from the first one to `until`, quiet minutes included, in at most sixty bars; null when there was
 * none. What comes after `until` still counts and lengthens the picture.
 */
export function barsOf(minutes: { minute: Date; n: number }[], until: Date): Bars | null {
  const counted = minutes.filter(({ n }) => n > 0).toSorted((a, b) => a.minute.getTime() - b.minute.getTime())
  const [first, last] = [counted[0], counted.at(-1)]
  if (!first || !last) return null
  const start = first.minute.getTime()
  const end = Math.max(until.getTime(), last.minute.getTime())
  const span = Math.floor((end - start) / MINUTE_MS) + 1
  const days = Math.ceil(span / MOST_BARS / 1440)
  const step = STEPS.find((one) => span / one <= MOST_BARS) ?? days * 1440
  const bars = Array.from({ length: Math.ceil(span / step) }, (_, i) => ({
    from: new Date(start + i * step * MINUTE_MS),
    n: 0,
  }))
  for (const { minute, n } of counted) {
    const bar = bars[Math.floor((minute.getTime() - start) / MINUTE_MS / step)]
    if (bar) bar.n += n
  }
  const worst = bars.reduce((most, bar) => (bar.n > most.n ? bar : most))
  return { bars, step, total: counted.reduce((sum, { n }) => sum + n, 0), worst, last: last.minute }
}

/** Which bar an instant falls into; null outside of the picture. */
export function barAt({ bars, step }: Bars, at: Date): number | null {
  const start = bars[0]?.from.getTime() ?? 0
  const index = Math.floor((at.getTime() - start) / MINUTE_MS / step)
  return index >= 0 && index < bars.length ? index : null
}
