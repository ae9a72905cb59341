/** Keeps the entries used last; a `Map` keeps its keys in the order they were put in. */
export class Lru {
  #entries = new Map()
  #most
  #onEvict

  constructor(most, { onEvict = () => {} } = {}) {
    if (!Number.isInteger(most) || most < 1) throw new RangeError('a cache holds at least one entry')
    this.#most = most
    this.#onEvict = onEvict
  }

  get(key) {
    if (!this.#entries.has(key)) return undefined
    const value = this.#entries.get(key)
    this.#entries.set(key, value)
    return value
  }

  set(key, value) {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    if (this.#entries.size > this.#most) this.#evict()
    return this
  }

  has(key) {
    return this.#entries.has(key)
  }

  #evict() {
    const [oldest] = this.#entries.keys()
    const value = this.#entries.get(oldest)
    this.#entries.delete(oldest)
    this.#onEvict(oldest, value)
  }

  keys() {
    return [...this.#entries.keys()]
  }
}
