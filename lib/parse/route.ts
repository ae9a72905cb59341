/**
 * Names a route the same way for events, request counts, smoke sets and replays: one function, or the counts
 * on one side never meet the failures on the other.
 */

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'QUERY'])

/** Longest path of a route, so that method and path fit the 200 characters of a fixture's `route`. */
const PATH_MAX = 180
/** Input beyond this is not looked at: a request target longer than 4 KB is refused by most servers. */
const INPUT_MAX = 4096
/** `/v1`, `/v22`: the version of an interface, not an identifier. */
const VERSION = /^v\d{1,2}$/
/** Framework parameters (`:id`, `[id]`, `{id}`) and the placeholders that redaction leaves in a path. */
const PARAMETER = /^(?::|\[.*\]$|\{.*\}$)/
/** Letters a to f alone: the shortest hex identifier without a digit that is taken for one (words are shorter). */
const HEX_WORD = /^[a-f]{12,}$/i
/** No word in an address is this long; a token is. */
const SEGMENT_MAX = 60

/**
 * `POST /api/practices/:id` for any method and request target. Query, fragment and path parameters (`;a=b`) are
 * dropped. A segment becomes `:id` when it holds a digit, an `@`, or anything that is not plain text in an address.
 * Never throws; applying it to its own result changes nothing.
 */
export function routeOf(method: string, path: string): string {
  const name = method.trim().toUpperCase() || 'GET'
  return `${METHODS.has(name) ? name : 'OTHER'} ${routePath(path)}`
}

/** `routeOf` for an absolute address (`https://host/path?query`) or a request target. */
export function routeOfUrl(method: string, url: string): string {
  const scheme = /^[a-z][a-z\d+.-]{0,19}:\/\//i.exec(url)?.[0]
  if (!scheme) return routeOf(method, url)
  const rest = url.slice(scheme.length)
  const slash = rest.search(/[/?#]/)
  return routeOf(method, slash < 0 ? '/' : rest.slice(slash))
}

function routePath(path: string): string {
  const end = path.search(/[?#]/)
  const raw = path.slice(0, Math.min(end < 0 ? path.length : end, INPUT_MAX))
  const segments: string[] = []
  for (const part of raw.split('/')) {
    const segment = decoded(part.split(';', 1)[0] ?? '')
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segmentName(segment))
  }
  return capped(segments)
}

function segmentName(segment: string): string {
  if (VERSION.test(segment) || segment === '…') return segment
  if (PARAMETER.test(segment) || HEX_WORD.test(segment) || segment.length > SEGMENT_MAX) return ':id'
  if (/[\p{N}\p{C}@%/\\]/u.test(segment)) return ':id'
  return encodeURIComponent(segment)
}

/** Decoded once; what cannot be decoded keeps its `%` and is therefore an identifier. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment.includes('%') ? segment : `%${segment}`
  }
}

function capped(segments: string[]): string {
  const whole = `/${segments.join('/')}`
  if (whole.length <= PATH_MAX) return whole
  let path = ''
  for (const segment of segments) {
    if (path.length + segment.length + 1 > PATH_MAX - 2) break
    path += `/${segment}`
  }
  return `${path}/…`
}
