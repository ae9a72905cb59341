export class OutOfStock extends Error {
  readonly sku: string
  constructor(sku: string) {
    super(`${sku} is out of stock`)
    this.name = 'OutOfStock'
    this.sku = sku
  }
}

/** Stock by article number, as a slow service would keep it. */
export class Inventory {
  private readonly stock: Map<string, number>

  constructor(stock: Record<string, number>) {
    this.stock = new Map(Object.entries(stock))
  }

  async available(sku: string): Promise<number> {
    await new Promise((done) => setImmediate(done))
    return this.stock.get(sku) ?? 0
  }

  /** Takes the articles out of stock; rejects when there are too few. */
  async reserve(sku: string, count: number): Promise<void> {
    const left = await this.available(sku)
    if (left < count) throw new OutOfStock(sku)
    this.stock.set(sku, left - count)
  }

  async release(sku: string, count: number): Promise<void> {
    const left = await this.available(sku)
    this.stock.set(sku, left + count)
  }
}
