import { z } from 'zod'

/** Signatures that a public key checks: with a shared secret, whoever can check a token could have made it. */
const ALGORITHMS = ['ES256', 'RS256']

/** Ways of proving who one is. Renewing a token proves nothing, and an invitation's or a reset's link is not a sign-in. */
const PROOFS = new Set(['password', 'otp', 'magiclink', 'email/signup', 'oauth', 'totp'])

const Claims = z.object({
  sub: z.uuid(),
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  role: z.literal('authenticated'),
  exp: z.number(),
  session_id: z.uuid().optional().catch(undefined),
  is_anonymous: z.literal(false).optional(),
  amr: z.array(z.unknown()).max(20).catch([]),
})
const Entry = z.object({ method: z.string(), timestamp: z.number() })

export interface Proven {
  subject: string
  /** When they last proved who they are; null: the token does not say. */
  provedAt: Date | null
  /** The same through every renewal of the token. */
  session: string
}

/** What a token says whose signature is right; null: not for us. Never what its owner may write into it (`user_metadata`). */
export function provenBy(token: { header: unknown; claims: unknown }, issuer: string, now: Date): Proven | null {
  const header = z.object({ alg: z.enum(ALGORITHMS) }).safeParse(token.header)
  const claims = Claims.safeParse(token.claims)
  if (!header.success || !claims.success) return null
  const { sub, iss, aud, exp, session_id: session, amr } = claims.data
  const seconds = now.getTime() / 1000
  if (iss !== issuer || ![aud].flat().includes('authenticated') || exp <= seconds) return null
  const proofs = amr.flatMap((one) => {
    const entry = Entry.safeParse(one)
    return entry.success && PROOFS.has(entry.data.method) ? [entry.data.timestamp] : []
  })
  // A clock that goes ahead would make a proof last.
  const last = Math.min(Math.max(...proofs, 0), seconds)
  return { subject: sub, provedAt: last > 0 ? new Date(last * 1000) : null, session: `${sub} ${session ?? ''}` }
}
