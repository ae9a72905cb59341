/** A request's raw body, or null when it is longer than `most` bytes. Senders may leave its length out, so it is counted. */
export async function readCapped(request: Request, most: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body)
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > most) return null
      chunks.push(chunk)
    }
  return Buffer.concat(chunks)
}
