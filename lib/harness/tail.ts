/** The last bytes of an app's output: what it said before it failed. Output beyond the cap is counted, not kept. */
export interface Tail {
  push(chunk: Buffer): void
  text(): string
}

/** @param cap bytes kept. */
export function tailOf(cap: number): Tail {
  let kept = Buffer.alloc(0)
  let dropped = 0
  return {
    push(chunk) {
      const joined = Buffer.concat([kept, chunk.subarray(-cap)])
      dropped += chunk.length - Math.min(chunk.length, cap) + Math.max(0, joined.length - cap)
      kept = Buffer.from(joined.subarray(-cap))
    },
    text() {
      const text = kept.toString('utf8')
      return dropped > 0 ? `[${dropped} bytes before this]\n${text}` : text
    },
  }
}
