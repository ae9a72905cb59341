import { dayOf, daysBetween } from './days.ts'

export interface Sale {
  /** ISO 8601. */
  at: string
  cents: number
}

export interface DayTotal {
  day: string
  sales: number
  cents: number
}

/** Sales by day, days without any included. */
export function dailyReport(sales: Sale[], first: string, last: string): DayTotal[] {
  const totals = new Map<string, DayTotal>()
  for (const day of daysBetween(first, last)) totals.set(day, { day, sales: 0, cents: 0 })
  for (const { at, cents } of sales) {
    const total = totals.get(dayOf(new Date(at)))
    if (!total) continue
    total.sales += 1
    total.cents += cents
  }
  return [...totals.values()]
}

export function bestDay(report: DayTotal[]): string | null {
  const best = report.reduce<DayTotal | null>((top, day) => (day.cents > (top?.cents ?? 0) ? day : top), null)
  return best?.day ?? null
}
