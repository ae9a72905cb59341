import { Fault } from '../../errors.ts'
import { read, type Shift, VercelProject } from './answers.ts'
import { codeOf } from './client.ts'
import type { Limit, Space } from './space.ts'

export async function readProject(space: Space, limit: Limit): Promise<VercelProject> {
  const path = `/v9/projects/${encodeURIComponent(space.settings.project)}`
  const { status, json } = await space.call('GET', path, { query: { rollbackInfo: 'true' }, signal: limit.signal })
  if (status === 200) return read(VercelProject, json, 'the project')
  throw new Fault('DEPLOY_DENIED', `The team has no project ${space.settings.project}: ${status}${codeOf(json)}.`)
}

/** One that is older was left behind: the host's own command line takes it for over as well. */
const LEFT_BEHIND_MS = 180_000

export const isUnderWay = (shift: Shift | null | undefined, now = Date.now()): boolean =>
  shift != null &&
  (shift.jobStatus === 'pending' || shift.jobStatus === 'in-progress') &&
  shift.requestedAt > now - LEFT_BEHIND_MS

/** Rolled back, and nobody has promoted since: later builds do not go live by themselves, whatever the setting. */
export const isPinned = ({ lastAliasRequest: last }: VercelProject): boolean =>
  last?.type === 'rollback' && last.jobStatus === 'succeeded'

/** Whether a production build would take the traffic as soon as it is ready. Absent is on, as when a project is made. */
export const goesLive = (project: VercelProject): boolean =>
  project.autoAssignCustomDomains !== false && !isPinned(project)
