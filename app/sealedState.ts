import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** What a state is sealed for: one session, and one thing that was begun in it. */
export interface Begun {
  secret: string
  session: string
  purpose: string
}

const HOUR = 3600

/** Good for an hour, in this session, for this purpose. Nothing is kept for it. */
export function sealedState(begun: Begun, now: number): string {
  const until = Math.floor(now / 1000) + HOUR
  return `${until.toString(36)}.${sealOf(begun, until)}`
}

export function isSealedState(begun: Begun, state: string, now: number): boolean {
  const [, time = '', seal = ''] = /^([a-z0-9]{1,10})\.([\w-]{43})$/.exec(state) ?? []
  const until = Number.parseInt(time, 36)
  // Spelt as it was given out, and in no other way that reads the same.
  if (until.toString(36) !== time || !begun.session || !(until > now / 1000)) return false
  return timingSafeEqual(Buffer.from(sealOf(begun, until)), Buffer.from(seal))
}

function sealOf({ secret, session, purpose }: Begun, until: number): string {
  const named = createHash('sha256').update(session).digest('hex')
  return createHmac('sha256', secret).update(`${purpose} ${until} ${named}`).digest('base64url')
}
