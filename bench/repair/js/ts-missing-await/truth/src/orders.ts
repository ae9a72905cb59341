import { type Inventory, OutOfStock } from './inventory.ts'

export interface Line {
  sku: string
  count: number
}

export type Placed = { ok: true; id: number } | { ok: false; missing: string }

/** Takes orders: all lines of an order, or none. */
export class Orders {
  private readonly inventory: Inventory
  private next = 1
  readonly placed = new Map<number, Line[]>()

  constructor(inventory: Inventory) {
    this.inventory = inventory
  }

  async place(lines: Line[]): Promise<Placed> {
    const reserved: Line[] = []
    try {
      for (const line of lines) {
        await this.inventory.reserve(line.sku, line.count)
        reserved.push(line)
      }
    } catch (error) {
      for (const { sku, count } of reserved) await this.inventory.release(sku, count)
      if (error instanceof OutOfStock) return { ok: false, missing: error.sku }
      throw error
    }
    const id = this.next++
    this.placed.set(id, lines)
    return { ok: true, id }
  }

  async cancel(id: number): Promise<boolean> {
    const lines = this.placed.get(id)
    if (!lines) return false
    for (const { sku, count } of lines) await this.inventory.release(sku, count)
    return this.placed.delete(id)
  }
}
