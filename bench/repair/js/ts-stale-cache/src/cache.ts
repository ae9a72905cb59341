interface Kept<T> {
  value: T
  until: number
}

/** Keeps what was read for a while. `now` is milliseconds, given by whoever owns the clock. */
export class Cache<T> {
  private readonly kept = new Map<string, Kept<T>>()
  private readonly lifeMs: number
  private readonly now: () => number

  constructor(lifeMs: number, now: () => number) {
    this.lifeMs = lifeMs
    this.now = now
  }

  async get(key: string, load: () => Promise<T>): Promise<T> {
    const kept = this.kept.get(key)
    if (kept && kept.until > this.now()) return kept.value
    const value = await load()
    this.kept.set(key, { value, until: this.now() + this.lifeMs })
    return value
  }

  drop(key: string): void {
    this.kept.delete(key)
  }
}
