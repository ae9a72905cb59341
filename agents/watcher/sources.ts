import { askSource } from '../../lib/actions/askSource.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Reader } from '../../lib/world.ts'

/** Asks each source of the project that is due; true when one told something that is to be read now. */
export async function readSources(world: Reader, project: Project, busy: boolean): Promise<boolean> {
  let news = false
  for (const source of world.sources(project)) {
    const asked = await askSource(world, project, source, busy)
    if (asked !== 'early' && asked.kept > 0) news = true
  }
  return news
}
