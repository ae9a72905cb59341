import type { NoticeAbout } from '../../lib/domain/notice.ts'
import { type Release, undoneInWords } from '../../lib/domain/release.ts'
import type { Context, Outcome } from './context.ts'
import { cure } from './cure.ts'
import { tell } from './tell.ts'
import { tellTracker } from './tellTracker.ts'

/** Tells people how it ended. An unexposed one is asked again later: absence of errors without traffic proves nothing. */
export async function ended(c: Context): Promise<Outcome | 'done'> {
  const { release, issue } = c
  const story = endInWords(release)
  const told = await tell(c.world, c.lease, c.project, {
    ...aboutEnd(c),
    key: `release:${release.id}:${release.state}`,
    title: `Issue ${issue.id}: ${release.state}`,
    body: story,
    link: `/dashboard/agent-control/issues/${issue.id}`,
  })
  if (!told) return { wait: 1000, why: 'the notice has not arrived yet' }
  const inMs = await tellTracker(c, story)
  if (inMs > 0) return { wait: inMs, why: 'the tracker has not been told yet' }
  if (release.state !== 'unexposed') return 'done'
  return askAgain(c)
}

function aboutEnd({ release, issue }: Context): NoticeAbout {
  const { state, id } = release
  if (state === 'cured' || state === 'rolled-back') return { kind: state, issue: issue.id, release: id }
  return { kind: 'escalated', issue: issue.id, severity: issue.severity }
}

function endInWords({ state, facts }: Release): string {
  if (state === 'rolled-back' && facts.back) return [facts.back.why, ...undoneInWords(facts.back)].join(' ')
  return (state === 'held' ? facts.waiting : facts.cure?.sentence) ?? state
}

async function askAgain(c: Context): Promise<Outcome | 'done'> {
  const { asked = 0, askAt } = c.release.facts
  if (askAt === null) return 'done'
  const early = askAt === undefined ? 0 : Date.parse(askAt) - c.world.clock.now().getTime()
  if (early > 0) return { wait: early, why: 'too few requests to tell' }
  const outcome = await cure(c)
  return 'facts' in outcome ? { ...outcome, facts: { ...outcome.facts, asked: asked + 1 } } : outcome
}
