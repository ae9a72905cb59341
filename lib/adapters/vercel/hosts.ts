/** Hosts kept in memory; those named last stay. */
const MOST = 1000

/** Addresses the host itself named as those of our deployments: the only ones that are shown the bypass secret. */
export interface KnownHosts {
  name(address: string): void
  /** Headers for a request to an origin; none for one that nobody named. */
  headersFor(origin: string): Record<string, string>
}

/** `secret` null: protection is off, or a person let us through otherwise. */
export function knownHosts(secret: string | null): KnownHosts {
  const known = new Set<string>()
  return {
    name(address) {
      const { origin } = new URL(address)
      known.delete(origin)
      known.add(origin)
      if (known.size > MOST) known.delete(known.values().next().value!)
    },
    headersFor(origin): Record<string, string> {
      return secret !== null && known.has(new URL(origin).origin) ? { 'x-vercel-protection-bypass': secret } : {}
    },
  }
}
