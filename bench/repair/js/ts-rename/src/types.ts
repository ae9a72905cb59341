export interface Booking {
  id: number
  customerId: string
  room: number
  /** Nights, at least one. */
  nights: number
}

export interface Customer {
  id: string
  name: string
  loyal: boolean
}
