export interface UserFacts {
  /** Distinct hashed user ids among the failures. */
  ids: number
  /** Failures that carried no id. */
  anonymousFailures: number
  /** Failed requests; outside of requests, events. */
  requests: number
}

/**
 * How many users saw an issue, or null when that cannot be known: one failure without an id may be anybody.
 * Never more than requests, since an id may be made up by whoever sends events but a request was counted by the host.
 */
export function usersOf({ ids, anonymousFailures, requests }: UserFacts): number | null {
  if (![ids, anonymousFailures, requests].every((count) => Number.isFinite(count) && count >= 0)) return null
  if (anonymousFailures > 0) return null
  return Math.min(ids, requests)
}
