import { addMonths, iso } from './calendar.js'

const INTERVALS = { monthly: 1, quarterly: 3, yearly: 12 }

/** The days on which a subscription is billed, the first included. */
export function billingDays(start, interval, count) {
  const step = INTERVALS[interval]
  if (step === undefined) throw new RangeError(`unknown interval ${interval}`)
  const first = new Date(`${start}T00:00:00Z`)
  const days = []
  for (let i = 0; i < count; i += 1) days.push(iso(addMonths(first, i * step)))
  return days
}

/** The bill after a day; the anchor is the day of the first bill. */
export function nextBill(start, interval, today) {
  let count = 1
  while (count < 1000) {
    const [last] = billingDays(start, interval, count).slice(-1)
    if (last > today) return last
    count += 1
  }
  return null
}
