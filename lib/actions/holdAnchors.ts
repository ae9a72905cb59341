import type { ISql, Sql } from 'postgres'
import type { Anchor } from '../domain/audit.ts'
import type { Project } from '../domain/project.ts'
import { auditHead, hashesAt } from '../store/audit.ts'
import { pause } from '../store/control.ts'
import { projects } from '../store/projects.ts'
import { wakeNotices } from '../store/work.ts'
import type { Anchors } from '../world.ts'

/**
 * At start: a database that disagrees with any position written down outside is an older backup, or another history.
 * Leases, counts of the day and effects in it are old too, so nothing leaves until a person has looked and resumed.
 */
export async function holdAnchors({ sql, anchors }: { sql: Sql; anchors: Anchors }): Promise<string[]> {
  const held: string[] = []
  for (const project of await projects(sql)) {
    const why = await strange(sql, project, await anchors.read(project))
    if (why) held.push(await hold(sql, project, why))
  }
  return held
}

/** Where the database is not the one that ran here last, in words; null where it is. */
async function strange(sql: ISql, project: Project, known: Anchor[]): Promise<string | null> {
  const hashes = await hashesAt(
    sql,
    project.id,
    known.map(({ seq }) => seq),
  )
  const other = known.find(({ seq, hash }) => hashes.get(seq) !== hash)
  if (!other) return null
  const { seq = 0 } = (await auditHead(sql, project.id)) ?? {}
  const what = other.seq > seq ? `row ${other.seq}, and the audit ends at ${seq}` : `another row ${other.seq}`
  return `${other.where} knows ${what}.`
}

/** Pauses it, with what to do. */
export async function hold(sql: ISql, project: Project, how: string): Promise<string> {
  const why = `The database is not the one that ran here last: ${how} If you restored it yourself, move anchors/${project.slug}.txt of the state folder away, then resume.`
  await pause(sql, project.id, 'Nightshift', why)
  await wakeNotices(sql, project.id)
  return `${project.slug} is paused. ${why}`
}
