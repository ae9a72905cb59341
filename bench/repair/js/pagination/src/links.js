import { paginate, readPaging } from './paginate.js'

const href = (path, page, size) => `${path}?page=${page}&size=${size}`

/** The `Link` header of RFC 8288 for one page. */
export function linkHeader(path, result, size) {
  const links = []
  if (result.hasPrevious) {
    links.push(`<${href(path, 1, size)}>; rel="first"`)
    links.push(`<${href(path, result.page - 1, size)}>; rel="prev"`)
  }
  if (result.hasNext) {
    links.push(`<${href(path, result.page + 1, size)}>; rel="next"`)
    links.push(`<${href(path, result.pages, size)}>; rel="last"`)
  }
  return links.join(', ')
}

export function list(path, items, query) {
  const paging = readPaging(query)
  const result = paginate(items, paging)
  return { body: result, headers: { link: linkHeader(path, result, paging.size) } }
}
