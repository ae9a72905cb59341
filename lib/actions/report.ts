import type { Sql } from 'postgres'
import type { Project } from '../domain/project.ts'
import type { Report } from '../domain/report.ts'
import { Fault } from '../errors.ts'
import { reportOf } from '../policy/report.ts'
import { sinceOf } from '../policy/since.ts'
import { promotedToday } from '../store/effects.ts'
import { countOpen } from '../store/issues.ts'
import { spentSince } from '../store/spend.ts'
import { type Strand, strandsSince } from '../store/story.ts'
import type { Actor } from '../world.ts'

type World = Pick<Actor, 'clock'> & { sql: Sql }

/** The morning note of a project, `since` as a person wrote it. */
export async function morningNote(world: World, project: Project, since: string | null): Promise<Report> {
  const now = world.clock.now()
  const from = sinceOf(since, project.policy.hours.zone, now)
  if (!from.ok) throw new Fault('MALFORMED', from.why)
  return (await noteSince(world.sql, project, from.at, now)).report
}

/** The note of a time, with the rows it was made of. */
export async function noteSince(
  sql: Sql,
  project: Project,
  since: Date,
  now: Date,
): Promise<{ report: Report; strands: Strand[] }> {
  const [{ strands, echoes }, promoted, open, spent] = await Promise.all([
    strandsSince(sql, project.id, since),
    promotedToday(sql, project.id),
    countOpen(sql, project.id),
    spentSince(sql, project.id, since),
  ])
  const read = strands.filter(({ issue }) => issue.state === 'open').length
  const facts = { project, strands, echoes, spent, promotedToday: promoted, more: Math.max(0, open - read), since, now }
  return { report: reportOf(facts), strands }
}
