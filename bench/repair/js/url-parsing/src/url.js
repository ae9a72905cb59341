import { formatQuery, parseQuery } from './query.js'

const PORTS = { http: 80, https: 443 }

export function parseUrl(url) {
  const found = /^(\w+):\/\/([^/?#:]+)(?::(\d+))?([^?#]*)(\?[^#]*)?(#.*)?$/.exec(url)
  if (!found) return null
  const [, scheme, host, port, path, search, hash] = found
  return {
    scheme,
    host: host.toLowerCase(),
    port: port ? Number(port) : (PORTS[scheme] ?? null),
    path: path || '/',
    query: parseQuery(search ?? ''),
    hash: hash ? hash.slice(1) : '',
  }
}

/** The same address with some parameters changed; `null` takes one out. */
export function withQuery(url, changes) {
  const parsed = parseUrl(url)
  if (!parsed) return url
  const query = { ...parsed.query, ...changes }
  for (const name of Object.keys(query)) if (query[name] === null) delete query[name]
  const port = parsed.port === PORTS[parsed.scheme] ? '' : `:${parsed.port}`
  const search = formatQuery(query)
  return `${parsed.scheme}://${parsed.host}${port}${parsed.path}${search ? `?${search}` : ''}`
}
