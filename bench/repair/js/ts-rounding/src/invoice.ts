import { type Cents, formatAmount, parseAmount, percentOf } from './money.ts'

export interface Item {
  name: string
  /** As typed into the form. */
  price: string
  count: number
}

export interface Invoice {
  net: Cents
  vat: Cents
  total: Cents
}

export const VAT = 20

/** @throws TypeError for a price that cannot be read. */
export function invoiceOf(items: Item[], vatPercent = VAT): Invoice {
  let net = 0
  for (const { name, price, count } of items) {
    const cents = parseAmount(price)
    if (cents === null) throw new TypeError(`${name} has no price: ${price}`)
    net += cents * count
  }
  const vat = percentOf(net, vatPercent)
  return { net, vat, total: net + vat }
}

export const summary = ({ net, vat, total }: Invoice): string =>
  `net ${formatAmount(net)}, VAT ${formatAmount(vat)}, total ${formatAmount(total)}`
