import { allocate, formatAmount, parseAmount } from './money.js'

/** Lines with amounts as people type them; tax in per cent. */
export function invoice(lines, tax) {
  const net = lines.reduce((sum, line) => sum + parseAmount(line.price) * line.count, 0)
  const due = Math.round((net * tax) / 100)
  return { net, tax: due, gross: net + due, text: formatAmount(net + due) }
}

export function split(amount, people) {
  const shares = allocate(
    parseAmount(amount),
    people.map(() => 1),
  )
  return Object.fromEntries(people.map((person, at) => [person, formatAmount(shares[at])]))
}
