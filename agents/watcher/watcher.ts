import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { dropOld } from '../../lib/store/events.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import type { Reader } from '../../lib/world.ts'
import { isNoAnswer } from '../trouble.ts'
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
  // What arrived is counted whether or not the host says what it served: its trouble is told once all else is done.
  let silent = await readTraffic(world, project).then(() => null, trouble)
  const { fingerprints, more } = await readEvents(world, project)
  const unjudged = await noticeIssues(world, project, fingerprints).then(() => null, trouble)
  silent ??= unjudged ?? (await noticeSlowRoutes(world, project).then(() => null, trouble))
  await wakeForSummaries(world, project)
  // After what is here already, so that a source that answers slowly keeps nothing waiting.
  const news = await readSources(world, project, more)
  await dropOld(world.sql)
  if (more || news) return { agent: 'watcher', inMs: 0 }
  if (silent) throw silent
  return { agent: 'watcher', inMs: AGAIN_MS }
}

/** Only of somebody who does not answer: what is wrong here ends the step where it is. */
function trouble(error: unknown): Error {
  if (error instanceof Error && isNoAnswer(error)) return error
  throw error
}
