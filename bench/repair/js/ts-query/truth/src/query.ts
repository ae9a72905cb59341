export interface Filter {
  words: string[]
  /** Null where the address does not say. */
  maxPrice: number | null
  inStock: boolean
  tags: string[]
}

/** A number at or above zero; null for an empty or malformed one. */
function numberOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null
  const value = Number(text)
  return Number.isFinite(value) && value >= 0 ? value : null
}

/** `1`, `true` and `on` (a ticked box) are yes. */
const flagOf = (text: string | null): boolean => text !== null && ['1', 'true', 'on'].includes(text.toLowerCase())

export function filterOf(search: string): Filter {
  const query = new URLSearchParams(search)
  return {
    words: (query.get('q') ?? '').split(/\s+/).filter((word) => word !== ''),
    maxPrice: numberOf(query.get('max')),
    inStock: flagOf(query.get('stock')),
    tags: query.getAll('tag').flatMap((tag) => tag.split(',')).filter((tag) => tag !== ''),
  }
}
