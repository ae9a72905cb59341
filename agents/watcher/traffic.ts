import type { Project } from '../../lib/domain/project.ts'
import { readUntil, saveTraffic, setReadUntil } from '../../lib/store/traffic.ts'
import type { Reader } from '../../lib/world.ts'

/** Counters of a minute may still grow while it lasts, so each reading starts two minutes before the last one. */
const OVERLAP_MS = 120_000
const FIRST_READING_MS = 24 * 3_600_000

/** Denominators: how many requests each route served, from the host that serves them. */
export async function readTraffic(world: Reader, project: Project): Promise<void> {
  const now = world.clock.now()
  const last = await readUntil(world.sql, project.id, 'traffic')
  const since = new Date((last?.getTime() ?? now.getTime() - FIRST_READING_MS) - OVERLAP_MS)
  for (const environment of ['production', 'staging'] as const)
    await saveTraffic(world.sql, project.id, await world.deploy(project).traffic(environment, since))
  await setReadUntil(world.sql, project.id, 'traffic', now)
}
