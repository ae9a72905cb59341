import { createHash } from 'node:crypto'

/** Numbers that follow from a text: the same text, the same numbers, on every machine. */
export interface Draw {
  /** An integer from 0 to below `below`, uniform up to 1 in 2^32. */
  below(below: number): number
  /** One of them; throws where there is none. */
  pick<T>(from: readonly T[]): T
}

/** Blocks of SHA-256 over the text and a counter: slow for a simulation, plenty for a few hundred draws. */
export function drawFrom(text: string): Draw {
  let block = Buffer.alloc(0)
  let blocks = 0
  const next = () => {
    if (block.length === 0) block = createHash('sha256').update(`${text}\n${blocks++}`).digest()
    const value = block.readUInt32BE(0)
    block = block.subarray(4)
    return value
  }
  const below = (n: number) => Math.floor((next() / 2 ** 32) * n)
  return {
    below,
    pick(from) {
      if (from.length === 0) throw new Error('There is nothing to draw from.')
      return from[below(from.length)]!
    },
  }
}
