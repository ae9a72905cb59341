import type { ErrorEvent } from '../domain/event.ts'
import type { Severity } from '../domain/issue.ts'
import { isCount } from './sample.ts'

/** What kind of signal the issue is; `log` covers reported messages. */
export type SignalKind = 'error' | 'log' | 'health' | 'build' | 'slow' | 'rate' | 'finding'

export interface SeverityFacts {
  /** Production health checks that failed in a row. */
  healthFailures: number
  /** Every request of production in the last five minutes, and how many failed. */
  requests5m: { all: number; failed: number }
  /** Distinct users; null is unknown: large for levels, never evidence for P0. */
  users: number | null
  /** The route over the same five minutes; null outside a request. */
  route: { critical: boolean; requests: number; failed: number } | null
  handled: boolean
  /** A request answered 5xx, or did not answer, because of it. */
  failedRequest: boolean
  level: ErrorEvent['level']
  kind: SignalKind
  /** Why it is left alone, where the host bears it out (`harmless.ts`); null otherwise. */
  harmless?: string | null
}

export interface SeverityAnswer {
  severity: Severity
  why: string
}

/** Numbers of the design, section 7. */
export const SEVERITY_NUMBERS = {
  healthFailures: 2,
  shareFailing: 0.5,
  allRequests: 50,
  manyUsers: 100,
  someUsers: 10,
  routeRequests: 20,
} as const

/** First match wins, P0 to P4; the text of an event never has a say. */
export function severityOf(facts: SeverityFacts): SeverityAnswer {
  const { healthFailures, requests5m: all, route, handled, failedRequest, level, kind } = facts
  const users = isCount(facts.users) ? facts.users : null
  const N = SEVERITY_NUMBERS
  if (facts.harmless) return { severity: 'P4', why: facts.harmless }
  if (healthFailures >= N.healthFailures)
    return { severity: 'P0', why: `The production health check failed ${healthFailures} times in a row.` }
  if (mostlyFailing(all.failed, all.all, N.allRequests))
    return { severity: 'P0', why: `${all.failed} of all ${all.all} requests failed within five minutes.` }
  if (users !== null && users > N.manyUsers)
    return { severity: 'P0', why: `${users} users saw it; more than ${N.manyUsers} is P0.` }

  if (users !== null && users >= N.someUsers)
    return { severity: 'P1', why: `${users} users saw it; ${N.someUsers} or more is P1.` }
  if (route?.critical && (route.failed > 0 || failedRequest))
    return { severity: 'P1', why: 'A request failed on a route that is declared critical.' }
  if (users === null && route && mostlyFailing(route.failed, route.requests, N.routeRequests))
    return {
      severity: 'P1',
      why: `${route.failed} of ${route.requests} requests of the route failed, and how many users that is cannot be known.`,
    }

  if (kind === 'build') return { severity: 'P3', why: 'A build failed; nobody using the app is affected yet.' }
  if (failedRequest) return { severity: 'P2', why: `A request failed; ${usersInWords(users)}.` }
  const error = (level === 'fatal' || level === 'error') && kind !== 'slow' && kind !== 'finding'
  if (error && !handled) return { severity: 'P2', why: `An error was not handled; ${usersInWords(users)}.` }
  if (error) return { severity: 'P3', why: 'The app handled or reported it, and no request failed.' }
  return { severity: 'P4', why: 'A warning, a slow route or a finding: no request failed.' }
}

function mostlyFailing(failed: number, requests: number, least: number): boolean {
  return requests >= least && failed / requests >= SEVERITY_NUMBERS.shareFailing
}

function usersInWords(users: number | null): string {
  if (users === null) return 'how many users saw it cannot be known'
  return users === 1 ? 'one user saw it' : `${users} users saw it`
}
