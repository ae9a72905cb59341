/** A small generator with a seed (32-bit Weyl sequence, then mixed): the same seed gives the same traffic. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

/** Odd and close to 2³² divided by the golden ratio, so that steps spread evenly. */
const STEP = 0x9e3779b9

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + STEP) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32
  }
  return { next, pick: (items) => items[Math.floor(next() * items.length)] ?? items[0] }
}
