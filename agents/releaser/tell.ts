import { perform } from '../../lib/actions/perform.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { ReleaseFacts } from '../../lib/domain/release.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { decideTell } from '../../lib/policy/decision.ts'
import type { Actor, Notice } from '../../lib/world.ts'
import type { Context } from './context.ts'

/** Tells people once per key; true when it has arrived. */
export async function tell(world: Actor, lease: Lease, project: Project, notice: Notice): Promise<boolean> {
  const request = {
    key: `tell:${notice.key}`,
    project: project.id,
    subject: lease.subject,
    kind: 'tell' as const,
    target: 'inbox' as const,
    aim: notice.key,
    tree: null,
    fix: null,
    decision: decideTell(project, world.clock.now()),
    timeoutSeconds: 10,
  }
  const done = await perform(world, lease, request, {
    send: async () => {
      await world.notify.send(project, notice)
      return undefined
    },
    ask: async () => ((await world.notify.arrived(project, notice.key)) ? { key: notice.key } : null),
  })
  return done.state === 'confirmed'
}

/** A release that waits for a person says so, once for each thing it waits for. */
export async function tellRefusal(c: Context, { refused, back }: ReleaseFacts): Promise<void> {
  const { release, issue, project } = c
  const link = `/dashboard/agent-control/issues/${issue.id}`
  if (refused?.asks) {
    await tell(c.world, c.lease, project, {
      // Being proven again on another base asks for nothing new.
      key: `issue:${issue.id}:asks:${refused.target}:${c.fix.attempt}:${project.policyVersion}`,
      title: `Issue ${issue.id} waits for your approval`,
      body: `Ready for ${refused.target}. ${refused.why.join(' ')}`,
      link,
    })
  }
  if (refused && back && back.kind !== 'overtaken') {
    await tell(c.world, c.lease, project, {
      key: `release:${release.id}:back:${refused.reason}`,
      title: `Issue ${issue.id}: the rollback waits for you`,
      body: `${back.why} The rollback was refused: ${refused.reason}. Roll back from its page.`,
      link,
    })
  }
}
