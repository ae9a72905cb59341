import type { Sql } from 'postgres'
import { auditHead } from '../store/audit.ts'
import { projects } from '../store/projects.ts'
import type { Anchors } from '../world.ts'

/** Writes down outside the database where each project's audit stands now: after every tick and every decision. */
export async function keepAnchors({ sql, anchors }: { sql: Sql; anchors: Anchors }): Promise<void> {
  for (const project of await projects(sql)) {
    const head = await auditHead(sql, project.id)
    if (head) await anchors.keep(project, head)
  }
}
