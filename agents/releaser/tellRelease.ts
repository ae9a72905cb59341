import type { ReleaseFacts } from '../../lib/domain/release.ts'
import { askKey } from '../../lib/policy/asked.ts'
import { asksUnder } from '../../lib/store/notices.ts'
import type { Context } from './context.ts'
import { issuePage, tell } from './tell.ts'
import { tellAnswered } from './tellAnswered.ts'

/** A release that waits for a person says so, once for each thing it waits for. */
export async function tellRefusal(c: Context, { refused, back }: ReleaseFacts): Promise<void> {
  const { release, issue, project } = c
  const link = issuePage(issue.id)
  if (refused?.asks) {
    const target = refused.target === 'production' ? 'production' : 'staging'
    await tell(c.world, c.lease, project, {
      ...{ kind: 'approval-wanted', issue: issue.id, severity: issue.severity },
      ...{ fix: c.fix.id, tree: c.fix.tree, target, policyVersion: project.policyVersion },
      key: await keyOfAsk(c, `issue:${issue.id}:asks:${refused.target}:${c.fix.attempt}:${project.policyVersion}`),
      title: `Issue ${issue.id} waits for your approval`,
      body: `Ready for ${refused.target}. ${refused.why.join(' ')}`,
      link,
    })
  }
  if (refused?.reason.startsWith('held: ')) {
    const number = c.release.facts.pulls?.[refused.target === 'production' ? 'production' : 'staging']?.number
    await tell(c.world, c.lease, project, {
      ...{ kind: 'escalated', issue: issue.id, severity: issue.severity },
      key: `release:${release.id}:${refused.target}:${refused.reason}`,
      title: `Issue ${issue.id}: ${refused.reason}`,
      body: `Pull request ${number} waits for you on the code host. It is asked again as soon as something changes there.`,
      link,
    })
  }
  if (refused && back && back.kind !== 'overtaken') {
    await tell(c.world, c.lease, project, {
      ...{ kind: 'escalated', issue: issue.id, severity: issue.severity },
      key: `release:${release.id}:back:${refused.reason}`,
      title: `Issue ${issue.id}: the rollback waits for you`,
      body: `${back.why} The rollback was refused: ${refused.reason}. Roll back from its page.`,
      link,
    })
  }
}

/**
 * Being proven again on another base asks for nothing new. A message that can be answered is bound to one tree, though, so
 * where there are any, what was answered as moot is asked again.
 */
async function keyOfAsk(c: Context, base: string): Promise<string> {
  if (c.world.channels.length === 0) return base
  await tellAnswered(c.world, c.lease, c.project)
  return askKey(base, await asksUnder(c.world.sql, c.project.id, base))
}

/** Users have it: the promotion was read back. */
export async function tellDeployed({ world, lease, project, release, issue }: Context): Promise<void> {
  await tell(world, lease, project, {
    ...{ kind: 'deployed', issue: issue.id, release: release.id },
    key: `release:${release.id}:deployed`,
    title: `Issue ${issue.id}: the fix is in production`,
    body: `It is watched for ${Math.ceil(project.policy.watchSeconds / 60)} min, and rolled back by itself if it does harm.`,
    link: issuePage(issue.id),
  })
}
