import type { Sql } from 'postgres'
import { auditHead } from '../store/audit.ts'
import { projects } from '../store/projects.ts'
import type { Anchors } from '../world.ts'
import { hold } from './holdAnchors.ts'

/**
 * Writes down outside the database where each project's audit stands now: after every tick and every decision. A
 * position behind the last one is a database that was replaced while we ran: nothing leaves from what it believes.
 */
export async function keepAnchors({ sql, anchors }: { sql: Sql; anchors: Anchors }): Promise<void> {
  for (const project of await projects(sql)) {
    const kept = async () => {
      const head = await auditHead(sql, project.id)
      return head === null || (await anchors.keep(project, head)) === 'kept'
    }
    // Once more: somebody may have written down a newer position between our look and our line.
    if (!(await kept()) && !(await kept()))
      await hold(sql, project, 'its audit stands before a position that was written down.')
  }
}
