const pad = (value: number): string => String(value).padStart(2, '0')

/** `2026-03-01`: the day in UTC, whatever zone the server stands in. */
export const dayOf = (at: Date): string =>
  `${at.getUTCFullYear()}-${pad(at.getUTCMonth() + 1)}-${pad(at.getDate())}`

/** Days from the first to the last, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = []
  const day = new Date(`${first}T00:00:00Z`)
  while (dayOf(day) <= last) {
    days.push(dayOf(day))
    day.setUTCDate(day.getUTCDate() + 1)
  }
  return days
}
