import { noticeIssue } from '../../lib/actions/noticeIssue.ts'
import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { Project } from '../../lib/domain/project.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { harmless } from '../../lib/policy/harmless.ts'
import { severityOf } from '../../lib/policy/severity.ts'
import { usersOf } from '../../lib/policy/users.ts'
import { seenOf } from '../../lib/store/counts.ts'
import { newestOf } from '../../lib/store/events.ts'
import { lastFiveMinutes } from '../../lib/store/traffic.ts'
import type { Reader } from '../../lib/world.ts'
import { knownManifest } from '../manifest.ts'
import { trackedFiles } from '../tracked.ts'

/** Counts and users of each fingerprint decide the severity; then the issue is opened or refreshed. */
export async function noticeIssues(world: Reader, project: Project, fingerprints: string[]): Promise<void> {
  for (const fingerprint of fingerprints) {
    const event = await newest(world, project, fingerprint)
    if (!event) continue
    const seen = await seenOf(world.sql, project.id, fingerprint)
    const traffic = await lastFiveMinutes(world.sql, project.id, event.route)
    const manifest = event.sha ? await knownManifest(world.code(project), project.id, event.sha) : null
    const users = usersOf({ ids: seen.people, anonymousFailures: seen.anonymous, requests: seen.n })
    const failedRequest = event.request !== null && !event.failure.handled
    const left = harmless({ failure: event.failure, routeFailed: event.route ? traffic.routeFailed : traffic.failed })
    const { severity, why } = severityOf({
      healthFailures: 0,
      // An outage makes its own issues grave, not every warning seen during it.
      requests5m: failedRequest ? { all: traffic.all, failed: traffic.failed } : { all: 0, failed: 0 },
      users,
      route: event.route
        ? {
            critical: manifest?.critical.includes(event.route) ?? false,
            requests: traffic.routeRequests,
            failed: traffic.routeFailed,
          }
        : null,
      handled: event.failure.handled,
      failedRequest,
      level: event.level,
      kind: 'error',
      harmless: left,
    })
    await noticeIssue(world, project, {
      event,
      severity,
      severityWhy: why,
      users,
      seen: seen.n,
      last: seen.last,
      harmless: left,
    })
  }
}

async function newest(world: Reader, project: Project, fingerprint: string): Promise<ErrorEvent | null> {
  for (const row of await newestOf(world.sql, project.id, fingerprint, 5)) {
    const sha = errorEventOf(row.body, row.receivedAt.toISOString(), row.externalId)
    if (!sha.ok || sha.event.environment !== 'production') continue
    const tracked = await trackedFiles(world.code(project), sha.event.sha)
    const event = errorEventOf(row.body, row.receivedAt.toISOString(), row.externalId, tracked ?? undefined)
    if (event.ok) return event.event
  }
  return null
}
