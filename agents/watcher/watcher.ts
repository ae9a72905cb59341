import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { dropOld } from '../../lib/store/events.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import type { Reader } from '../../lib/world.ts'
import { readEvents } from './events.ts'
import { noticeIssues } from './issues.ts'
import { noticeSlowRoutes } from './slow.ts'
import { readSources } from './sources.ts'
import { wakeForSummaries } from './summaries.ts'
import { readTraffic } from './traffic.ts'

/** How soon the watcher looks again when nobody rings. */
const AGAIN_MS = 5000

/** event → issue: reads what arrived, counts it, and opens or refreshes the issues it belongs to. */
export async function watch(world: Reader, lease: Lease): Promise<Next> {
  const project = await projectById(world.sql, lease.project)
  if (!project) throw new Fault('NOT_FOUND', lease.subject)
  await readTraffic(world, project)
  const { fingerprints, more } = await readEvents(world, project)
  await noticeIssues(world, project, fingerprints)
  await noticeSlowRoutes(world, project)
  await wakeForSummaries(world, project)
  // After what is here already, so that a source that answers slowly keeps nothing waiting.
  const news = await readSources(world, project, more)
  await dropOld(world.sql)
  return { agent: 'watcher', inMs: more || news ? 0 : AGAIN_MS }
}
