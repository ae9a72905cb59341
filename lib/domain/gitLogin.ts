import { hostKey } from './sshKey.ts'

/** Which zone a login is for: what reads needs none that may push. */
export type LoginUse = 'read' | 'write'

/** As whom a repository is reached. A login is for one host, and is shown to no other. */
export type GitLogin =
  | { kind: 'none' }
  | { kind: 'token'; host: string; user: string; token: string }
  | { kind: 'key'; host: string; seed: string }

/** A key that a host was seen with and a person trusted. */
export interface TrustedHost {
  host: string
  /** `type base64`. */
  key: string
}

/**
 * What the three large hosts publish (docs.github.com, docs.gitlab.com, support.atlassian.com: SSH host key
 * fingerprints). Anybody else's is asked about once.
 */
export const PUBLISHED: Record<string, { key: string; fingerprint: string }> = {
  'github.com': {
    key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
    fingerprint: 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
  },
  'gitlab.com': {
    key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf',
    fingerprint: 'SHA256:eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8',
  },
  'bitbucket.org': {
    key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO',
    fingerprint: 'SHA256:ybgmFkzwOSotHTHLJgHO0QN8L0xErw6vd0VhFA9m3SM',
  },
}

/** The keys a host may have: what people trusted, or what it publishes. */
export function keysOf(host: string, trusted: TrustedHost[]): string[] {
  const own = trusted.filter((one) => one.host === host).map(({ key }) => key)
  if (own.length > 0) return own
  const published = Object.hasOwn(PUBLISHED, host) ? PUBLISHED[host] : undefined
  return published ? [published.key] : []
}

/** Lines of a `known_hosts` with this host alone. */
export function knownHosts(host: string, keys: string[]): string {
  const [name, port] = host.split(':')
  const shown = port === undefined ? name : `[${name}]:${port}`
  return keys.flatMap((key) => (hostKey(key) ? [`${shown} ${key}\n`] : [])).join('')
}

/** The name a token goes with where nobody says another: hosts look at the token, and some at this too. */
export function usualUser(host: string): string {
  if (host === 'github.com') return 'x-access-token'
  return host === 'bitbucket.org' ? 'x-token-auth' : 'oauth2'
}
