/**
 * Why a step failed. `passes`: somebody outside is down or wants fewer calls. `waits`: somebody outside says no until a
 * person sees to it there. `ours`: anything else, which trying again does not change.
 */
export type Trouble = 'passes' | 'waits' | 'ours'

/** After this many tries whoever watches is told, and what is our own fault is left for a person. */
export const TRIES = 3

/** Milliseconds at most between two tries. */
const MOST: Record<Trouble, number> = { passes: 30_000, waits: 300_000, ours: 3_600_000 }
/** A release may be in front of users: it is never out of sight for longer, whatever fails. */
const MOST_OF_RELEASE = 300_000

interface Failed {
  trouble: Trouble
  /** This one counted. */
  tries: number
  /** When the far side wants to be asked again, where it said. */
  again: Date | null
  subject: string
}

/**
 * In how many milliseconds a step that failed is tried again. An outage of seconds costs seconds: what is watched or taken
 * back in front of users goes on as soon as the far side answers. Its own word about when is kept, for an hour at most.
 */
export function triedAgainIn({ trouble, tries, again, subject }: Failed, now: Date): number {
  const doubled = 1000 * 2 ** Math.min(tries, 20)
  const most = subject.startsWith('release:') ? Math.min(MOST[trouble], MOST_OF_RELEASE) : MOST[trouble]
  const soon = trouble === 'ours' && tries >= TRIES ? most : Math.min(doubled, most)
  const asked = again ? Math.min(again.getTime() - now.getTime(), MOST.ours) : 0
  return Math.max(soon, asked)
}
