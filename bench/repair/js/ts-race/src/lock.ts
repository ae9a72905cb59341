/** One piece of work a key at a time, in the order asked for; another key does not wait. */
export class Locks {
  private readonly last = new Map<string, Promise<unknown>>()

  async with<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve()
    const mine = before.catch(() => undefined).then(work)
    this.last.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key)
    }
  }
}
