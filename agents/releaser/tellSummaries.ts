import { makeSummaries } from '../../lib/actions/summaries.ts'
import type { Project } from '../../lib/domain/project.ts'
import { noticeOfSummary } from '../../lib/domain/summaryWords.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { untoldSummaries } from '../../lib/store/summaries.ts'
import type { Actor } from '../../lib/world.ts'
import { tell } from './tell.ts'

/** The hand-over and the weekly review, once a period: made first, and then told as it was made. False: not all are told. */
export async function tellSummaries(world: Actor, lease: Lease, project: Project): Promise<boolean> {
  await makeSummaries(world, project)
  let all = true
  for (const summary of await untoldSummaries(world.sql, project.id))
    all = (await tell(world, lease, project, noticeOfSummary(summary))) && all
  return all
}
