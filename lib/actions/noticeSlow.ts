import { nothingFound } from '../domain/diagnosis.ts'
import type { Issue } from '../domain/issue.ts'
import type { Project } from '../domain/project.ts'
import type { Sha } from '../domain/tree.ts'
import { severityOf } from '../policy/severity.ts'
import type { Slow } from '../policy/slow.ts'
import { note } from '../store/audit.ts'
import { addDiagnosis } from '../store/diagnoses.ts'
import { sight } from '../store/issues.ts'
import type { Reader } from '../world.ts'

/**
 * Opens or refreshes the issue of a slow route. It is a finding, so it waits for the weekly review (P4); which change
 * would make it faster is a person's to decide, and the diagnosis says so with the percentiles.
 */
export async function noticeSlow(
  world: Pick<Reader, 'sql' | 'clock'>,
  project: Project,
  sha: Sha,
  slow: Slow,
): Promise<Issue> {
  const { severity, why } = severityOf({
    healthFailures: 0,
    requests5m: { all: 0, failed: 0 },
    users: null,
    route: null,
    handled: true,
    failedRequest: false,
    level: 'warning',
    kind: 'slow',
  })
  return world.sql.begin(async (tx) => {
    const { issue, opened } = await sight(tx, {
      project: project.id,
      fingerprint: `slow:${slow.route}`,
      title: `${slow.route} is slow`,
      route: slow.route,
      sha,
      severity,
      severityWhy: why,
      users: null,
      seen: slow.requests,
      at: world.clock.now(),
    })
    if (!opened) return issue
    await addDiagnosis(tx, {
      issue: issue.id,
      cause: 'inconclusive',
      remedy: 'needs-person',
      confidence: 1,
      why: slow.why,
      facts: nothingFound(sha, slow.route),
    })
    await note(tx, project.id, 'watcher', 'issue.opened', {
      issue: issue.id,
      route: slow.route,
      severity,
      why: slow.why,
    })
    return issue
  }) as Promise<Issue>
}
