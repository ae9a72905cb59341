import { createHmac, timingSafeEqual } from 'node:crypto'

export interface SignedBody {
  /** The app's signing secret. */
  secret: string
  /** Header X-Slack-Request-Timestamp: seconds. */
  timestamp: string | null
  /** Header X-Slack-Signature. */
  signature: string | null
  /** Exactly as it arrived. */
  body: Uint8Array
  /** Seconds. */
  now: number
}

/** Slack's own figure: whatever is older may be a request somebody recorded. */
const WINDOW_SECONDS = 300

/** Why a request is not one of Slack's, or null: its `v0` signature over the raw body, and its age. */
export function signatureProblem({ secret, timestamp, signature, body, now }: SignedBody): string | null {
  if (secret === '') return 'there is no signing secret'
  if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) return 'no timestamp'
  if (!(Math.abs(now - Number(timestamp)) <= WINDOW_SECONDS)) return 'too old, or of the future'
  if (signature === null || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'no signature'
  const wanted = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest()
  return timingSafeEqual(wanted, Buffer.from(signature.slice(3), 'hex')) ? null : 'another signature'
}
