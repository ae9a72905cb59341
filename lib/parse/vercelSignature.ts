import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether a body was signed with a secret: 40 hex digits of an HMAC-SHA1 over its bytes, compared in constant time. */
export function isSigned(body: Uint8Array, signature: string | null, secret: string): boolean {
  if (signature === null || !/^[0-9a-f]{40}$/.test(signature)) return false
  const wanted = createHmac('sha1', secret).update(body).digest()
  return timingSafeEqual(Buffer.from(signature, 'hex'), wanted)
}
