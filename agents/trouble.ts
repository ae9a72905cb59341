import { type FaultCode, isFault } from '../lib/errors.ts'
import type { Trouble } from '../lib/policy/triedAgain.ts'

/** Somebody outside is down, or wants fewer calls; or another worker was quicker. */
const PASSES = new Set<FaultCode>([
  ...(['CODE_UNREACHABLE', 'GIT_UNREACHABLE', 'DEPLOY_UNREACHABLE', 'CHANNEL_UNREACHABLE'] as const),
  ...(['GIT_LIMITED', 'GITHUB_LIMITED', 'DEPLOY_LIMITED', 'LEASE_LOST', 'TOO_LATE'] as const),
])

/** Until a person gave other credentials, other rights or another setting. */
const WAITS = new Set<FaultCode>([
  ...(['GIT_UNAUTHORISED', 'GIT_HOST_KEY', 'GIT_CERTIFICATE', 'GIT_PROGRAM_MISSING', 'CREDENTIAL_SEALED'] as const),
  ...(['GITHUB_UNAUTHORISED', 'GITHUB_NOT_INSTALLED', 'GITHUB_PERMISSIONS', 'GITHUB_OVER_SCOPED'] as const),
  ...(['BRANCH_PROTECTED', 'DEPLOY_DENIED', 'DEPLOY_REFUSED', 'DEPLOY_GOES_LIVE', 'SANDBOX_UNAVAILABLE'] as const),
])

/** The network, the database's driver, and SQLSTATEs of a server that is full, stopping or busy with others. */
const NETWORK =
  /^(?:ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR|CONNECT|08|53|57P|40001$|40P01$|55P03$)/

export function troubleOf(error: unknown): { trouble: Trouble; again: Date | null } {
  if (isFault(error)) {
    const trouble = PASSES.has(error.code) ? 'passes' : WAITS.has(error.code) ? 'waits' : 'ours'
    return { trouble, again: againOf(error) }
  }
  const codes = [error, (error as { cause?: unknown } | null)?.cause].map((one) => (one as { code?: unknown })?.code)
  const name = error instanceof Error ? error.name : ''
  const passes = name === 'TimeoutError' || codes.some((code) => typeof code === 'string' && NETWORK.test(code))
  return { trouble: passes ? 'passes' : 'ours', again: againOf(error) }
}

/** When whoever said no wants to be asked again, where they said. */
const againOf = (error: unknown): Date | null => {
  const again = (error as { again?: unknown } | null)?.again
  return again instanceof Date ? again : null
}

/** For what tries again by itself, and not before it is wanted to. */
export const notBefore = (leastMs: number, error: unknown, now: Date): number =>
  Math.max(leastMs, Math.min((againOf(error)?.getTime() ?? 0) - now.getTime(), 3_600_000))

/** It says nothing about what was asked for: nobody answered, or not to us. */
export const isNoAnswer = (error: unknown): boolean =>
  troubleOf(error).trouble !== 'ours' && !(isFault(error) && error.code === 'CODE_UNREACHABLE')
