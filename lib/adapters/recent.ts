/** What was used last, up to a total weight; the rest is asked for again. */
export class Recent<V> {
  private readonly most: number
  private readonly weigh: (value: V) => number
  private readonly kept = new Map<string, V>()
  private weight = 0

  constructor(most: number, weigh: (value: V) => number = () => 1) {
    this.most = most
    this.weigh = weigh
  }

  get(key: string): V | undefined {
    const found = this.kept.get(key)
    if (found === undefined) return undefined
    this.kept.delete(key)
    this.kept.set(key, found)
    return found
  }

  set(key: string, value: V): void {
    this.drop(key)
    const weight = this.weigh(value)
    if (weight > this.most) return
    this.kept.set(key, value)
    this.weight += weight
    for (const oldest of this.kept.keys()) {
      if (this.weight <= this.most) return
      this.drop(oldest)
    }
  }

  /** The newest that is asked for. */
  first(is: (value: V) => boolean): V | undefined {
    return [...this.kept.values()].reverse().find(is)
  }

  drop(key: string): void {
    const found = this.kept.get(key)
    if (found === undefined) return
    this.weight -= this.weigh(found)
    this.kept.delete(key)
  }
}
