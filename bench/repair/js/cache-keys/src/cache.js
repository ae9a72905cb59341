/** A key for a request: what means the same has the same key. */
export function keyOf(method, path, query = {}) {
  const parts = Object.keys(query)
    .filter((name) => query[name] !== undefined)
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(query[name])}`)
  return `${method.toUpperCase()} ${path}${parts.length > 0 ? `?${parts.join('&')}` : ''}`
}

export class ResponseCache {
  #entries = new Map()
  #now
  #ttl

  constructor({ ttl = 60_000, now = Date.now } = {}) {
    this.#ttl = ttl
    this.#now = now
  }

  get(method, path, query) {
    const key = keyOf(method, path, query)
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    if (this.#now() - entry.at >= this.#ttl) {
      this.#entries.delete(key)
      return undefined
    }
    return entry.value
  }

  set(method, path, query, value) {
    this.#entries.set(keyOf(method, path, query), { value, at: this.#now() })
  }

  get size() {
    return this.#entries.size
  }
}
