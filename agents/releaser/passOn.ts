import type { Project } from '../../lib/domain/project.ts'
import type { Lease, Next } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { nextDeliveryIn } from '../../lib/store/deliveries.ts'
import { untoldIssues } from '../../lib/store/issues.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import type { Actor } from '../../lib/world.ts'
import { again } from './context.ts'
import { deliver } from './deliver.ts'
import { reviewHeld } from './quiet.ts'
import { issuePage, tell } from './tell.ts'
import { tellAnswered } from './tellAnswered.ts'
import { tellSummaries } from './tellSummaries.ts'

/** How soon to look whether what is asked is still asked, and what is held back still is; an answer here wakes us at once. */
const LOOK_MS = 5000
/** Somebody was stopped in the middle of telling: nobody else would come back to it. */
const UNTOLD_MS = 1000
/** What is due and held back by another one is not looked at all the time. */
const SOON_MS = 200

/**
 * notice → people: what others may not tell themselves, having no channel, and then one delivery a channel. It is work of
 * its own, so that no release waits for a chat that is down.
 */
export async function passOn(world: Actor, lease: Lease): Promise<Next> {
  const project = await projectById(world.sql, lease.project)
  if (!project) throw new Fault('NOT_FOUND', lease.subject)
  const all = [await tellFound(world, lease, project), await tellPaused(world, lease, project)]
  const told = (await tellSummaries(world, lease, project)) && !all.includes(false)
  if (world.channels.length === 0) return told ? 'done' : again(UNTOLD_MS)
  let open = await tellAnswered(world, lease, project)
  const tried = []
  for (const channel of world.channels) {
    open += await reviewHeld(world, project, channel)
    tried.push(await deliver(world, lease, project, channel))
  }
  if (tried.includes(true)) return again(0)
  const names = world.channels.map(({ name }) => name)
  const inMs = await nextDeliveryIn(world.sql, project.id, names)
  const waits = [...(open > 0 ? [LOOK_MS] : []), ...(told ? [] : [UNTOLD_MS]), ...(inMs === null ? [] : [inMs])]
  return waits.length === 0 ? 'done' : again(Math.max(Math.min(...waits), SOON_MS))
}

/** The watcher sees untrusted text and holds no channel. Not a word of the error is told: it is on the page. */
async function tellFound(world: Actor, lease: Lease, project: Project): Promise<boolean> {
  let all = true
  for (const { id, severity, severityWhy, users } of await untoldIssues(world.sql, project.id)) {
    const told = await tell(world, lease, project, {
      ...{ kind: 'issue-found', issue: id, severity, users },
      key: `issue:${id}:found`,
      title: `Issue ${id} found: ${severity}`,
      body: severityWhy,
      link: issuePage(id),
    })
    all = told && all
  }
  return all
}

async function tellPaused(world: Actor, lease: Lease, project: Project): Promise<boolean> {
  const { pausedAt, pausedBy, pausedWhy } = project
  if (!pausedAt) return true
  return tell(world, lease, project, {
    kind: 'paused',
    key: `project:${project.id}:paused:${pausedAt.toISOString()}`,
    title: `${project.name} is paused`,
    body: `By ${pausedBy ?? 'somebody'}${pausedWhy ? `: ${pausedWhy}` : ''}. Nothing leaves but notices until somebody resumes.`,
    link: '/dashboard/agent-control',
  })
}
