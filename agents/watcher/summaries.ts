import { summariesDue } from '../../lib/actions/summaries.ts'
import type { Project } from '../../lib/domain/project.ts'
import { untoldSummaries } from '../../lib/store/summaries.ts'
import { wakeNotices } from '../../lib/store/work.ts'
import type { Reader } from '../../lib/world.ts'

/** The watcher looks all the time and may tell nobody: it wakes whoever may when a hand-over or a review is due. */
export async function wakeForSummaries(world: Reader, project: Project): Promise<void> {
  const due = (await summariesDue(world, project)).length + (await untoldSummaries(world.sql, project.id)).length
  if (due === 0) return
  await wakeNotices(world.sql, project.id)
  world.ring('releaser')
}
