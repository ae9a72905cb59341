/** `12500` pence are `£125.00`. */
export function pounds(pence: number): string {
  return `£${(pence / 100).toFixed(2)}`
}
