import { Emitter } from './emitter.js'

/** A value people can watch; `until` waits for it to meet a condition. */
export class Store {
  #emitter = new Emitter()
  #value

  constructor(value) {
    this.#value = value
  }

  get value() {
    return this.#value
  }

  set(value) {
    if (Object.is(value, this.#value)) return 0
    this.#value = value
    return this.#emitter.emit('change', value)
  }

  watch(listener) {
    return this.#emitter.on('change', listener)
  }

  until(condition) {
    if (condition(this.#value)) return Promise.resolve(this.#value)
    return new Promise((resolve) => {
      const stop = this.watch((value) => {
        if (!condition(value)) return
        stop()
        resolve(value)
      })
    })
  }
}
