import { LATENCY_BUCKETS_MS, type Traffic } from '../../domain/deployment.ts'
import type { DrainCount } from '../../domain/drain.ts'
import type { Environment } from '../../domain/event.ts'
import type { Project } from '../../domain/project.ts'
import { lookUp, note } from './builds.ts'
import { limitOf, type Space } from './space.ts'

/** What drains counted for a project, in whole minutes from a time on. */
export type Counted = (project: Project, since: Date) => Promise<DrainCount[]>

/** Drains name deployments; whoever compares commits wants commits. Deployments nobody knows any more count for nothing. */
export async function trafficOf(
  space: Space,
  project: Project,
  counted: Counted,
  environment: Environment,
  since: Date,
): Promise<Traffic[]> {
  const limit = limitOf(space.account.patience)
  const rows = new Map<string, Traffic>()
  for (const count of await counted(project, since)) {
    let commit = space.account.commits.get(count.deployment)
    if (!commit) {
      const found = await lookUp(space, count.deployment, limit)
      commit = found ? note(space, found) : { sha: '', environment: 'staging' }
      space.account.commits.set(count.deployment, commit)
    }
    if (commit.sha === '' || commit.environment !== environment) continue
    const { route, minute } = count
    const key = JSON.stringify([commit.sha, route, minute])
    const latency = new Array<number>(LATENCY_BUCKETS_MS.length + 1).fill(0)
    const row = rows.get(key) ?? { environment, sha: commit.sha, route, minute, requests: 0, failed: 0, latency }
    row.requests += count.requests
    row.failed += count.failed
    row.latency = row.latency.map((n, i) => n + (count.latency[i] ?? 0))
    rows.set(key, row)
  }
  return [...rows.values()].sort((a, b) => (a.minute < b.minute ? -1 : a.minute > b.minute ? 1 : 0))
}
