import { perform } from '../../lib/actions/perform.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { decideTell } from '../../lib/policy/decision.ts'
import type { Actor, Notice } from '../../lib/world.ts'

/** Tells people once per key; true when it has arrived. */
export async function tell(world: Actor, lease: Lease, project: Project, notice: Notice): Promise<boolean> {
  const request = {
    key: `tell:${notice.key}`,
    project: project.id,
    subject: lease.subject,
    kind: 'tell' as const,
    class: 'tell' as const,
    target: 'inbox' as const,
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
