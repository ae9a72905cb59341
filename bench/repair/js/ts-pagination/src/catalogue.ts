import { type PageOf, paginate } from './paginate.ts'

export interface Product {
  id: number
  name: string
  price: number
}

export const products = (count: number): Product[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 1, name: `Product ${at + 1}`, price: 100 + at }))

/** One page of the products whose name holds a word. */
export function search(all: Product[], word: string, page: number): PageOf<Product> {
  const wanted = word.trim().toLowerCase()
  return paginate(
    all.filter(({ name }) => name.toLowerCase().includes(wanted)),
    page,
  )
}

/** `1–10 of 25`, as it stands above the list. */
export function caption({ items, total }: PageOf<Product>, all: Product[]): string {
  const [first] = items
  if (!first) return 'nothing found'
  const from = all.indexOf(first) + 1
  return `${from}–${from + items.length - 1} of ${total}`
}
