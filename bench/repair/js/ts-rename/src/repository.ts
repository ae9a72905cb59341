import type { Booking, Customer } from './types.ts'

/** Rows as the database names their columns. */
interface BookingRow {
  id: number
  customer_id: string
  room: number
  nights: number
}

const ROWS: BookingRow[] = [
  { id: 1, customer_id: 'c-1', room: 12, nights: 2 },
  { id: 2, customer_id: 'c-2', room: 14, nights: 1 },
  { id: 3, customer_id: 'c-1', room: 15, nights: 5 },
]
const CUSTOMERS: Customer[] = [
  { id: 'c-1', name: 'Lena Roy', loyal: true },
  { id: 'c-2', name: 'Tom Day', loyal: false },
]

const toBooking = (row: BookingRow): Booking => ({
  id: row.id,
  clientId: row.customer_id,
  room: row.room,
  nights: row.nights,
})

export const allBookings = (): Booking[] => ROWS.map(toBooking)

export const findCustomer = (id: string): Customer | null => CUSTOMERS.find((customer) => customer.id === id) ?? null
