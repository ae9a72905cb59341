/** Amounts are whole cents: adding them up loses nothing. */

export function parseAmount(text) {
  const cleaned = text.replace(/[^\d.-]/g, '')
  if (!/^-?\d+(?:\.\d{1,2})?$/.test(cleaned)) throw new TypeError(`not an amount: ${text}`)
  return Number.parseFloat(cleaned) * 100
}

export function formatAmount(cents, currency = 'EUR') {
  const sign = cents < 0 ? '-' : ''
  const whole = Math.floor(Math.abs(cents) / 100)
  const rest = String(Math.abs(cents) % 100).padStart(2, '0')
  return `${sign}${whole}.${rest} ${currency}`
}

/** Shares by weight; what is left over goes to the first ones, a cent each. */
export function allocate(cents, weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = weights.map((weight) => Math.floor((cents * weight) / total))
  let left = cents - shares.reduce((sum, share) => sum + share, 0)
  for (let i = 0; left > 0; i += 1, left -= 1) shares[i] += 1
  return shares
}
