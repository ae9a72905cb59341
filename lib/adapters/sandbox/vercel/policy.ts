import type { Sandbox } from '@vercel/sandbox'

/** What a machine may reach: nothing, or the hosts packages come from. The names are as the service's firewall knows them. */
export type Policy = { hosts: [] } | { hosts: string[] }

export const DENY_ALL: Policy = { hosts: [] }

export const asked = ({ hosts }: Policy) => (hosts.length === 0 ? ('deny-all' as const) : { allow: hosts })

/** The same whichever of the service's two spellings it is in; null where it does not say. */
function normal(said: unknown): string | null {
  if (said === undefined || said === null) return null
  if (typeof said === 'string') return said
  const policy = said as { mode?: string; allowedDomains?: string[]; allow?: string[] | object } & Record<
    string,
    unknown
  >
  if (policy.mode === 'deny-all' || policy.mode === 'allow-all') return policy.mode
  const hosts = policy.allowedDomains ?? policy.allow ?? []
  // Subnets and rules are more than we ever ask for: whatever they open, it is not this policy.
  const more = ['subnets', 'allowedCIDRs', 'injectionRules', 'forwardRules'].some((key) => {
    const value = policy[key]
    return Array.isArray(value) ? value.length > 0 : value !== undefined
  })
  if (more || !Array.isArray(hosts)) return 'more'
  return hosts.length === 0 ? 'deny-all' : `allow ${[...hosts].sort().join(' ')}`
}

/**
 * Whether the service says that this policy is in force: for the running session, and as the default of the sandbox. Null
 * where it says neither.
 */
export function inForce(sandbox: Sandbox, policy: Policy): boolean | null {
  const wanted = normal(asked(policy))
  const said = [sandbox.currentSession().networkPolicy, sandbox.networkPolicy].map(normal)
  const spoken = said.filter((word) => word !== null)
  return spoken.length === 0 ? null : spoken.every((word) => word === wanted)
}
