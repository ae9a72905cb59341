const DEFAULT_SIZE = 20
const MAX_SIZE = 100

export function readPaging(query) {
  const page = Math.max(1, Number.parseInt(query.page, 10) || 1)
  const size = Math.min(MAX_SIZE, Math.max(1, Number.parseInt(query.size, 10) || DEFAULT_SIZE))
  return { page, size }
}

/** One page of a list, with what a client needs to show the others. Pages count from 1. */
export function paginate(items, { page, size }) {
  const total = items.length
  const pages = Math.max(1, Math.ceil(total / size))
  const from = (page - 1) * size
  return {
    items: items.slice(from, from + size),
    page,
    pages,
    total,
    hasPrevious: page > 1,
    hasNext: page < pages,
  }
}
