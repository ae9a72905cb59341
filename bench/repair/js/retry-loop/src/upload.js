import { retry } from './retry.js'

export class Refused extends Error {}

/** Sends the parts one after the other; a part that is refused is not sent again. */
export async function upload(parts, send, options = {}) {
  const receipts = []
  for (const [index, part] of parts.entries()) {
    const receipt = await retry(() => send(part, index), {
      ...options,
      isFatal: (error) => error instanceof Refused,
    })
    receipts.push(receipt)
  }
  return receipts
}
