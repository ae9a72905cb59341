export class Emitter {
  #listeners = new Map()

  on(event, listener) {
    const all = this.#listeners.get(event) ?? []
    all.push(listener)
    this.#listeners.set(event, all)
    return () => this.off(event, listener)
  }

  once(event, listener) {
    const off = this.on(event, (...args) => {
      off()
      listener(...args)
    })
    return off
  }

  off(event, listener) {
    const all = this.#listeners.get(event)
    const at = all ? all.indexOf(listener) : -1
    if (at === -1) return false
    all.splice(at, 1)
    if (all.length === 0) this.#listeners.delete(event)
    return true
  }

  /** Calls everybody who listens at this moment, in order; says how many there were. */
  emit(event, ...args) {
    const listeners = this.#listeners.get(event) ?? []
    let called = 0
    for (const listener of listeners) {
      listener(...args)
      called += 1
    }
    return called
  }

  count(event) {
    return this.#listeners.get(event)?.length ?? 0
  }
}
