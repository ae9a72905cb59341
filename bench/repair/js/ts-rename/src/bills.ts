import { allBookings, findCustomer } from './repository.ts'

const PER_NIGHT = 90
const LOYAL_PERCENT = 10

export interface Bill {
  name: string
  nights: number
  total: number
}

/** One bill a customer, by name. */
export function bills(): Bill[] {
  const nights = new Map<string, number>()
  for (const booking of allBookings()) {
    nights.set(booking.customerId, (nights.get(booking.customerId) ?? 0) + booking.nights)
  }
  return [...nights].map(([id, count]) => billOf(id, count)).sort((a, b) => a.name.localeCompare(b.name))
}

function billOf(customerId: string, nights: number): Bill {
  const customer = findCustomer(customerId)
  const full = nights * PER_NIGHT
  return {
    name: customer?.name ?? 'unknown guest',
    nights,
    total: customer?.loyal ? full - (full * LOYAL_PERCENT) / 100 : full,
  }
}
