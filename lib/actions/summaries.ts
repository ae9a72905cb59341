import type { Sql } from 'postgres'
import type { Project } from '../domain/project.ts'
import type { Summary } from '../domain/summary.ts'
import { type DueSummary, dueSummaries } from '../policy/dueSummary.ts'
import { handOverOf, isQuietNight } from '../policy/handOver.ts'
import { isQuietWeek, weeklyReviewOf } from '../policy/weeklyReview.ts'
import { findingsOf } from '../store/issues.ts'
import { begunAt, keepSummary, newestSummaries } from '../store/summaries.ts'
import type { Actor } from '../world.ts'
import { noteSince } from './report.ts'

type World = Pick<Actor, 'clock'> & { sql: Sql }

/** Hand-overs and weekly reviews whose time has come. */
export async function summariesDue({ sql, clock }: World, project: Project): Promise<DueSummary[]> {
  const [last, begun] = await Promise.all([newestSummaries(sql, project.id), begunAt(sql, project.id)])
  const { notify } = project.settings
  return dueSummaries({ notify, zone: project.policy.hours.zone, begun, last, now: clock.now() })
}

/** Makes those and keeps them; what somebody else made meanwhile stands. */
export async function makeSummaries(world: World, project: Project): Promise<void> {
  for (const due of await summariesDue(world, project))
    await keepSummary(world.sql, project.id, await made(world, project, due))
}

async function made({ sql, clock }: World, project: Project, { kind, period, since }: DueSummary): Promise<Summary> {
  const until = clock.now()
  const { notify } = project.settings
  const of = { period, since, until, zone: project.policy.hours.zone }
  if (kind === 'weekly-review') {
    const content = weeklyReviewOf({ ...(await findingsOf(sql, project.id, since)), since })
    const quiet = isQuietWeek(content)
    return { ...of, kind, content, quiet, told: !quiet || notify.weekly.evenQuiet }
  }
  const { report, strands } = await noteSince(sql, project, since, until)
  const content = handOverOf({ report, strands, paused: project.pausedAt !== null })
  const quiet = isQuietNight(content)
  return { ...of, kind, content, quiet, told: !quiet || notify.handOver.evenQuiet }
}
