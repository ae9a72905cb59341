import type { Diagnosis } from '../../lib/domain/diagnosis.ts'
import type { ErrorEvent } from '../../lib/domain/event.ts'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Commit, Sha } from '../../lib/domain/tree.ts'
import { Fault } from '../../lib/errors.ts'
import { isNetwork } from '../../lib/parse/network.ts'
import { errorEventOf } from '../../lib/parse/sentryEvent.ts'
import { startOf } from '../../lib/policy/bases.ts'
import { diagnosisOf } from '../../lib/policy/diagnosis.ts'
import { newestOf } from '../../lib/store/events.ts'
import { commitsServed } from '../../lib/store/traffic.ts'
import type { CodeReader, Reader } from '../../lib/world.ts'
import { basesOf } from '../bases.ts'
import { trackedFiles } from '../tracked.ts'
import { crashSite, spotsOf } from './crash.ts'

/** Newest events looked at, and requests handed on to be replayed. */
const EVENTS = 20
const REQUESTS = 5

/**
 * Why, where, since which commit and how sure, from facts alone. Null while what is on its way to production changes the
 * very line: whether the error goes with it is seen once it is there.
 */
export async function investigate(
  world: Reader,
  project: Project,
  issue: Issue,
): Promise<Omit<Diagnosis, 'id' | 'at' | 'issue'> | null> {
  const bases = await basesOf(world, project, issue)
  if (!bases) throw new Fault('DEPLOY_UNREACHABLE', 'Nothing is deployed in production.')
  const { serving } = bases
  const base = startOf(bases)
  const code = world.code(project)
  const events = await eventsOf(world, project, issue, serving.sha)
  const newest = events[0]
  if (!newest) throw new Fault('NOT_FOUND', `No event of issue ${issue.id} is kept.`)
  const spots = await spotsOf(code, newest, base.sha)
  const crash = crashSite(newest, spots)
  const { failure } = newest
  const network = isNetwork(failure.causes)
  if (!crash && !network && base.sha !== serving.sha && (await spotsOf(code, newest, serving.sha)).length > 0)
    return null
  const suspect = crash ? await code.blame(base.sha, crash.path, crash.line) : null
  const served = await commitsServed(world.sql, project.id, 'production')
  const previous = served.find((sha) => sha !== serving.sha) ?? null
  const suspectIsNew = suspect !== null && previous !== null && !(await code.isAncestor(suspect.sha, previous))
  const facts: Diagnosis['facts'] = {
    base: base.sha,
    ...(base.sha === serving.sha ? {} : { serving: serving.sha }),
    route: issue.route,
    crash,
    spots,
    frames: failure.frames.filter((frame) => frame.inApp).slice(0, 10),
    suspect,
    previous,
    suspectIsNew,
    commits: await commitsOf(code, [...new Set([base.sha, serving.sha, previous])]),
    requests: events
      .flatMap((event) => (event.request && event.request.capture !== 'none' ? [event.request] : []))
      .slice(0, REQUESTS),
    events: events.map((event) => event.id),
  }
  return { ...diagnosisOf({ facts, network, handled: failure.handled, errorType: failure.type }), facts }
}

/** For people to read; a commit that was force-pushed away is still a name, and no reason to give up. */
async function commitsOf(code: CodeReader, shas: (Sha | null)[]): Promise<Commit[]> {
  const found = shas.map(async (sha) => (sha ? await code.commit(sha).catch(() => null) : null))
  return (await Promise.all(found)).filter((commit) => commit !== null)
}

/** Kept events of the issue; those from what production runs now come first, since they are nearest to the base. */
async function eventsOf(world: Reader, project: Project, issue: Issue, base: Sha): Promise<ErrorEvent[]> {
  const events: ErrorEvent[] = []
  for (const row of await newestOf(world.sql, project.id, issue.fingerprint, EVENTS)) {
    const at = row.receivedAt.toISOString()
    const first = errorEventOf(row.body, at, row.externalId)
    if (!first.ok) continue
    const tracked = await trackedFiles(world.code(project), first.event.sha)
    const event = errorEventOf(row.body, at, row.externalId, tracked ?? undefined)
    if (event.ok) events.push(event.event)
  }
  const rank = (event: ErrorEvent) => (event.sha === base ? 0 : 2) + (event.request?.capture === 'complete' ? 0 : 1)
  return events.sort((a, b) => rank(a) - rank(b))
}
