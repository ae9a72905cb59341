import { type Release, undoneInWords } from '../../lib/domain/release.ts'
import type { Context, Outcome } from './context.ts'
import { cure } from './cure.ts'
import { tell } from './tell.ts'

/** Days after which an unexposed release is asked again (design, section 5). */
const ASK_AGAIN_DAYS = [1, 7, 30]
const DAY_MS = 86_400_000

/** Tells people how it ended. An unexposed one is asked again later: absence of errors without traffic proves nothing. */
export async function ended(c: Context): Promise<Outcome | 'done'> {
  const { release, issue } = c
  const told = await tell(c.world, c.lease, c.project, {
    key: `release:${release.id}:${release.state}`,
    title: `Issue ${issue.id}: ${release.state}`,
    body: endInWords(release),
    link: `/dashboard/agent-control/issues/${issue.id}`,
  })
  if (!told) return { wait: 1000, why: 'the notice has not arrived yet' }
  if (release.state !== 'unexposed') return 'done'
  return askAgain(c)
}

function endInWords({ state, facts }: Release): string {
  if (state === 'rolled-back' && facts.back) return [facts.back.why, ...undoneInWords(facts.back)].join(' ')
  return (state === 'held' ? facts.waiting : facts.cure?.sentence) ?? state
}

async function askAgain(c: Context): Promise<Outcome | 'done'> {
  const shipped = Date.parse(c.release.facts.entered?.watching ?? c.release.createdAt.toISOString())
  const now = c.world.clock.now().getTime()
  const asked = c.release.facts.asked ?? 0
  const days = ASK_AGAIN_DAYS[asked]
  if (days === undefined) return 'done'
  const due = shipped + days * DAY_MS
  if (now < due) return { wait: due - now, why: 'too few requests to tell' }
  const outcome = await cure(c)
  return 'facts' in outcome ? { ...outcome, facts: { ...outcome.facts, asked: asked + 1 } } : outcome
}
