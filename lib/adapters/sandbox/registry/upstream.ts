import { type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'

export interface Registry {
  /** http or https; a path is kept in front of every request. */
  url: string
  /** PEM bundle to trust instead of the built-in one. */
  ca: string | null
}

const UPSTREAM_MS = 30_000
const LARGEST_DOCUMENT = 128 * 1024 ** 2

/** One GET with nothing in it but the address and a kind; `cancel` ends it early. */
export function get(
  url: URL,
  accept: string,
  ca: string | null,
  on: { answer(found: IncomingMessage): void; failure(): void },
): { cancel(): void } {
  const send = url.protocol === 'https:' ? secure : plain
  const headers = { accept, 'accept-encoding': 'identity' }
  const onward = send(url, { headers, timeout: UPSTREAM_MS, ...(ca === null ? {} : { ca }) }, on.answer)
  onward.on('timeout', () => onward.destroy(new Error('timed out')))
  onward.on('error', on.failure)
  onward.end()
  return { cancel: () => onward.destroy() }
}

/** The whole text of an answer; rejects where it is larger than any document should be. */
export async function wholeText(found: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of found as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_DOCUMENT) throw new Error('larger than a document should be')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
