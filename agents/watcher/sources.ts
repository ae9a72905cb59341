import { askSource } from '../../lib/actions/askSource.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Reader } from '../../lib/world.ts'

/**
 * Asks each source of the project that is due, all at once, so that one that answers slowly keeps no other waiting; true when
 * one told something that is to be read now.
 */
export async function readSources(world: Reader, project: Project, busy: boolean): Promise<boolean> {
  const asked = await Promise.allSettled(
    world.sources(project).map((source) => askSource(world, project, source, busy)),
  )
  for (const one of asked) if (one.status === 'rejected') throw one.reason
  return asked.some((one) => one.status === 'fulfilled' && one.value !== 'early' && one.value.kept > 0)
}
