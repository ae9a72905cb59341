import type { Sql } from 'postgres'
import { sealedRows } from '../store/audit.ts'
import { pause } from '../store/control.ts'
import { projects } from '../store/projects.ts'
import type { Anchors } from '../world.ts'

/**
 * At start: a database whose audit is not where it was written down outside to be is an older backup, or another history.
 * Leases, counts of the day and effects in it are old too, so nothing leaves until a person has looked and resumed.
 */
export async function holdAnchors({ sql, anchors }: { sql: Sql; anchors: Anchors }): Promise<string[]> {
  const held: string[] = []
  for (const project of await projects(sql)) {
    const newest = (await anchors.read(project)).reduce((a, b) => (b.seq > a.seq ? b : a), {
      seq: 0,
      hash: '',
      where: '',
    })
    if (newest.seq === 0) continue
    const [row] = await sealedRows(sql, project.id, newest.seq - 1, 1)
    if (row?.seq === newest.seq && row.hash === newest.hash) continue
    const why = `The database is not the one that ran here last: ${newest.where} knows another row ${newest.seq} of the audit.`
    await pause(sql, project.id, 'start', why)
    held.push(`${project.slug} is paused. ${why}`)
  }
  return held
}
