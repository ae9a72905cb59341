import { perform } from '../../lib/actions/perform.ts'
import type { Notice } from '../../lib/domain/notice.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { decideTell } from '../../lib/policy/decision.ts'
import { wakeNotices } from '../../lib/store/work.ts'
import type { Actor } from '../../lib/world.ts'

/** Tells people once per key, in the inbox; true when it has arrived there. The channels have it from there. */
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
    send: () => world.notify.send(project, notice),
    ask: async () => ((await world.notify.arrived(project, notice.key)) ? { key: notice.key } : null),
  })
  if (world.channels.length > 0 && done.state === 'confirmed') {
    await wakeNotices(world.sql, project.id)
    world.ring('releaser')
  }
  return done.state === 'confirmed'
}

export const issuePage = (issue: number): string => `/dashboard/agent-control/issues/${issue}`
