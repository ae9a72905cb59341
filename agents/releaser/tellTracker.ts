import { perform } from '../../lib/actions/perform.ts'
import type { ReleaseState } from '../../lib/domain/release.ts'
import { decideTell } from '../../lib/policy/decision.ts'
import { issuesThere } from '../../lib/store/sourceIssues.ts'
import type { Remark, Tracker } from '../../lib/world.ts'
import { notBefore } from '../trouble.ts'
import type { Context } from './context.ts'

/** Ends of what had reached production; the others are of no interest to who looks at the error. */
const TOLD: ReleaseState[] = ['cured', 'relapsed', 'rolled-back']
const AGAIN_MS = 60_000
/** A tracker that cannot be reached for this long is left untold: how it ended is in the inbox. */
const PATIENCE_MS = 3_600_000
const TIMEOUT_SECONDS = 60

/**
 * Tells whoever told of the issue how it ended: one remark, replaced in place, and resolved once it is cured. Milliseconds
 * after which to try again; 0 when there is nothing left to tell.
 */
export async function tellTracker(c: Context, story: string): Promise<number> {
  const { state, facts } = c.release
  const tracker = c.world.tracker(c.project)
  if (!tracker || !TOLD.includes(state)) return 0
  let inMs = 0
  const later = (error: unknown) => notBefore(AGAIN_MS, error, new Date())
  for (const there of await issuesThere(c.world.sql, c.project.id, 'sentry', c.issue.fingerprint)) {
    const steps = [() => remark(c, tracker, there, story)]
    if (state === 'cured' && facts.mainSha) steps.push(() => resolve(c, tracker, there, facts.mainSha!))
    // One that failed says nothing against the next, and nothing against the release: it has ended.
    for (const step of steps) inMs = Math.max(inMs, await step().catch(later))
  }
  const ended = Date.parse(facts.entered?.[state] ?? '')
  return c.world.clock.now().getTime() - ended > PATIENCE_MS ? 0 : inMs
}

function remark(c: Context, tracker: Tracker, there: string, story: string): Promise<number> {
  const { release, issue, project } = c
  const words: Remark = {
    mark: `Nightshift: ${project.slug}, issue ${issue.id}`,
    text: [`Release ${release.id}: ${release.state}.`, story, `Commit ${release.facts.mainSha ?? 'none'}.`].join('\n'),
    link: `/dashboard/agent-control/issues/${issue.id}`,
  }
  return tell(c, `remark:${there}:${release.id}:${release.state}`, {
    send: () => tracker.remark(there, words),
    ask: () => tracker.isRemarked(there, words),
  })
}

const resolve = (c: Context, tracker: Tracker, there: string, sha: string): Promise<number> =>
  tell(c, `resolve:${there}:${c.release.id}`, {
    send: () => tracker.resolve(there, sha),
    ask: () => tracker.isResolved(there),
  })

interface Call {
  send(): Promise<{ refused: string } | undefined>
  ask(): Promise<boolean>
}

async function tell({ world, lease, project }: Context, aim: string, call: Call): Promise<number> {
  const request = {
    ...{ key: `tell:${aim}`, project: project.id, subject: lease.subject, kind: 'tell' as const },
    ...{ target: 'tracker' as const, aim, tree: null, fix: null, timeoutSeconds: TIMEOUT_SECONDS },
    decision: decideTell(project, world.clock.now()),
  }
  const done = await perform(world, lease, request, {
    async send(ticket) {
      ticket.still()
      return call.send()
    },
    ask: async () => ((await call.ask()) ? { aim } : null),
  })
  return done.state === 'waiting' ? Math.max(done.inMs, 1000) : 0
}
