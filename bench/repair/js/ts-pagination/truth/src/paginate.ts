export interface PageOf<T> {
  items: T[]
  page: number
  pages: number
  total: number
  /** Number of the page before or behind this one; null at the ends. */
  previous: number | null
  next: number | null
}

export const PER_PAGE = 10

/** Pages are counted from one; a number beyond the ends is taken to the nearest page. */
export function paginate<T>(all: T[], page: number, perPage = PER_PAGE): PageOf<T> {
  const pages = Math.max(1, Math.ceil(all.length / perPage))
  const current = Math.min(Math.max(1, Math.trunc(page) || 1), pages)
  const start = (current - 1) * perPage
  return {
    items: all.slice(start, start + perPage),
    page: current,
    pages,
    total: all.length,
    previous: current > 1 ? current - 1 : null,
    next: current < pages ? current + 1 : null,
  }
}
