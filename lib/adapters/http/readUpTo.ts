/** An answer that is longer than anybody reads. */
export class TooBig extends Error {}

/** A body, read no further than its cap in bytes, whoever sends it. */
export async function readUpTo(body: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let taken = 0
  for await (const chunk of body) {
    taken += chunk.byteLength
    if (taken > most) throw new TooBig(`its answer is longer than ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
