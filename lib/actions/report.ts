import type { Sql } from 'postgres'
import type { Project } from '../domain/project.ts'
import type { Report } from '../domain/report.ts'
import { Fault } from '../errors.ts'
import { reportOf } from '../policy/report.ts'
import type { Spend } from '../policy/reportFacts.ts'
import { sinceOf } from '../policy/since.ts'
import { promotedToday } from '../store/effects.ts'
import { countOpen } from '../store/issues.ts'
import { strandsSince } from '../store/story.ts'
import type { Actor } from '../world.ts'

/** No model is called yet, so nothing is paid; a table of calls takes this place. */
const NOTHING_SPENT: Spend[] = []

/** The morning note of a project, `since` as a person wrote it. */
export async function morningNote(
  { sql, clock }: Pick<Actor, 'clock'> & { sql: Sql },
  project: Project,
  since: string | null,
): Promise<Report> {
  const now = clock.now()
  const from = sinceOf(since, project.policy.hours.zone, now)
  if (!from.ok) throw new Fault('MALFORMED', from.why)
  const [{ strands, echoes }, promoted, open] = await Promise.all([
    strandsSince(sql, project.id, from.at),
    promotedToday(sql, project.id),
    countOpen(sql, project.id),
  ])
  const read = strands.filter(({ issue }) => issue.state === 'open').length
  return reportOf({
    project,
    strands,
    echoes,
    spent: NOTHING_SPENT,
    promotedToday: promoted,
    more: Math.max(0, open - read),
    since: from.at,
    now,
  })
}
