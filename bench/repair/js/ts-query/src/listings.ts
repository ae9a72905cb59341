import { filterOf } from './query.ts'

export interface Listing {
  title: string
  price: number
  stock: number
  tags: string[]
}

/** What a search page shows, the cheapest first. */
export function searchListings(all: Listing[], search: string): Listing[] {
  const { words, maxPrice, inStock, tags } = filterOf(search)
  return all
    .filter(({ title }) => words.every((word) => title.toLowerCase().includes(word.toLowerCase())))
    .filter(({ price }) => maxPrice === null || price <= maxPrice)
    .filter(({ stock }) => !inStock || stock > 0)
    .filter((listing) => tags.every((tag) => listing.tags.includes(tag)))
    .sort((a, b) => a.price - b.price)
}
