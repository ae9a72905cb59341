import { ResponseCache } from './cache.js'

/** A client that asks once for what was asked before. */
export function makeClient(fetchJson, options) {
  const cache = new ResponseCache(options)
  return {
    async get(path, query) {
      const known = cache.get('get', path, query)
      if (known !== undefined) return known
      const value = await fetchJson(path, query)
      cache.set('get', path, query, value)
      return value
    },
    cache,
  }
}
