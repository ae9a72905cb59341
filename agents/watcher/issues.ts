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
import { criticalRoutes } from '../manifest.ts'
import { trackedFiles } from '../tracked.ts'
import { isNoAnswer } from '../trouble.ts'

/**
 * Fingerprints that could not be judged while the code host was silent: their events are counted, so nothing else would
 * bring them up. Of this process; in another one the next event of the same fault does.
 */
const unjudged = new Map<number, Set<string>>()

/** Each by itself, so that one that cannot be judged keeps no other from being opened; throws once all have had their turn. */
export async function noticeIssues(world: Reader, project: Project, fingerprints: string[]): Promise<void> {
  const waiting = unjudged.get(project.id) ?? new Set()
  unjudged.set(project.id, waiting)
  const troubles: unknown[] = []
  for (const fingerprint of new Set([...waiting, ...fingerprints])) {
    waiting.delete(fingerprint)
    await notice(world, project, fingerprint).catch((error: unknown) => {
      if (isNoAnswer(error)) waiting.add(fingerprint)
      troubles.push(error)
    })
  }
  if (troubles.length > 0) throw troubles.find((error) => !isNoAnswer(error)) ?? troubles[0]
}

/** Counts and users of a fingerprint decide the severity; then the issue is opened or refreshed. */
async function notice(world: Reader, project: Project, fingerprint: string): Promise<void> {
  const event = await newest(world, project, fingerprint)
  if (!event) return
  const seen = await seenOf(world.sql, project.id, fingerprint)
  const traffic = await lastFiveMinutes(world.sql, project.id, event.route)
  const critical = await criticalRoutes(world.code(project), project.id, event.sha)
  const users = usersOf({ ids: seen.people, anonymousFailures: seen.anonymous, requests: seen.n })
  const failedRequest = event.request !== null && !event.failure.handled
  const left = harmless({ failure: event.failure, routeFailed: event.route ? traffic.routeFailed : traffic.failed })
  const { severity, why } = severityOf({
    healthFailures: 0,
    // An outage makes its own issues grave, not every warning seen during it.
    requests5m: failedRequest ? { all: traffic.all, failed: traffic.failed } : { all: 0, failed: 0 },
    users,
    route: event.route
      ? { critical: critical.includes(event.route), requests: traffic.routeRequests, failed: traffic.routeFailed }
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
