import type { Readable } from 'node:stream'

/** A stream's first bytes. */
export interface Captured {
  text: string
  truncated: boolean
}

/** How much more than is kept a program may write before it is stopped: a flood costs the host time to throw away. */
const PATIENCE = 256

/** Keeps `cap` bytes of a stream and drops the rest; `flooded` is called once when it goes on far beyond that. */
export function capture(stream: Readable, cap: number, flooded: () => void): () => Captured {
  const kept: Buffer[] = []
  let seen = 0
  let told = false
  stream.on('data', (chunk: Buffer) => {
    if (seen < cap) kept.push(chunk.subarray(0, cap - seen))
    seen += chunk.length
    if (told || seen <= cap * PATIENCE) return
    told = true
    flooded()
  })
  // A reset while the namespace is torn down loses nothing that we wanted.
  stream.on('error', () => undefined)
  return () => ({ text: Buffer.concat(kept).toString('utf8'), truncated: seen > cap })
}
