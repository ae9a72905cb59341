import type { Asked } from '../../lib/domain/notice.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { answerOf } from '../../lib/policy/asked.ts'
import { approvalsOf } from '../../lib/store/approvals.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { openAsks } from '../../lib/store/notices.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import type { Actor } from '../../lib/world.ts'
import { issuePage, tell } from './tell.ts'

/** What became of an approval that was asked for, in words; null while it is still wanted. */
export async function answerTo({ sql, clock }: Actor, project: Project, ask: Asked): Promise<string | null> {
  return answerOf(ask, {
    fix: await fixById(sql, ask.fix),
    release: await releaseOfFix(sql, ask.fix),
    approvals: await approvalsOf(sql, ask.fix),
    policyVersion: project.policyVersion,
    now: clock.now(),
  })
}

/** Says of everything that is not asked any more that it is not. How many are still asked, or not said to be answered yet. */
export async function tellAnswered(world: Actor, lease: Lease, project: Project): Promise<number> {
  let open = 0
  for (const ask of await openAsks(world.sql, project.id)) {
    const answer = await answerTo(world, project, ask)
    const told =
      answer !== null &&
      (await tell(world, lease, project, {
        ...{ kind: 'answered', issue: ask.issue, of: ask.key },
        key: `${ask.key}:answered`,
        title: `Issue ${ask.issue}: no approval is wanted any more`,
        body: answer,
        link: issuePage(ask.issue),
      }))
    // Whoever was stopped in the middle of saying so leaves a message that can be answered: it is looked at again.
    if (!told) open += 1
  }
  return open
}
