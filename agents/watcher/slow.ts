import { noticeSlow } from '../../lib/actions/noticeSlow.ts'
import type { Project } from '../../lib/domain/project.ts'
import { slowOf } from '../../lib/policy/slow.ts'
import { lastHour } from '../../lib/store/traffic.ts'
import type { Reader } from '../../lib/world.ts'

/** Routes that answer, and take too long for it: counted by the host, so the app need not know. */
export async function noticeSlowRoutes(world: Reader, project: Project): Promise<void> {
  const slow = (await lastHour(world.sql, project.id, 'production')).flatMap((route) => slowOf(route) ?? [])
  if (slow.length === 0) return
  const serving = await world.deploy(project).serving('production')
  if (serving) for (const route of slow) await noticeSlow(world, project, serving.sha, route)
}
