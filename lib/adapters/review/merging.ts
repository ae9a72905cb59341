import { setTimeout as sleep } from 'node:timers/promises'
import type { MergeAnswer, Proposal } from '../../domain/proposal.ts'
import type { Sha } from '../../domain/tree.ts'

/** Hosts find out in the background whether a request can be merged: within seconds, begun by the first look. */
const LOOKS = 5
const LOOK_AGAIN_MS = 700

/** What it is when it is known, or still not known after a few looks. */
export async function lookedAt<T>(look: () => Promise<T>, isFindingOut: (found: T) => boolean): Promise<T> {
  let found = await look()
  for (let looks = 1; looks < LOOKS && isFindingOut(found); looks += 1) {
    await sleep(LOOK_AGAIN_MS)
    found = await look()
  }
  return found
}

/** What a request is whether anybody merges it or not; null while it is open, at this head, and no draft. */
export function endOf({ head: at, state, merge, draft }: Proposal, head: Sha): MergeAnswer | null {
  if (at !== head) return { state: 'moved' }
  if (state === 'merged') return merge ? { state: 'merged', sha: merge } : { state: 'unknown' }
  if (state === 'closed') return { state: 'closed' }
  return draft ? { state: 'blocked', why: 'It is a draft.' } : null
}
