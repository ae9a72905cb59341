/** Amounts are whole cents everywhere; text is for people and for forms. */
export type Cents = number

/** `19.99` or `1,234.50` as cents; null for what is no amount. */
export function parseAmount(text: string): Cents | null {
  const plain = text.trim().replaceAll(',', '')
  if (!/^\d+(?:\.\d{1,2})?$/.test(plain)) return null
  return Math.round(Number(plain) * 100)
}

export const formatAmount = (cents: Cents): string => {
  const whole = Math.trunc(cents / 100)
  return `${whole}.${String(Math.abs(cents % 100)).padStart(2, '0')}`
}

/** A share of an amount, half a cent up. */
export const percentOf = (cents: Cents, percent: number): Cents => Math.round((cents * percent) / 100)
