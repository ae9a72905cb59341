import type { Escalation } from '../../domain/proposal.ts'
import type { Review } from '../../world/review.ts'
import { Recent } from '../recent.ts'
import { linkedTo } from './pages.ts'

/** A remark of ours under a request, as it was last written. */
export interface Written {
  id: number
  body: string
}

/** Remarks and issues of one host, for one call of the port. `marker`: what ours are found again by. */
export interface Threads {
  /** The text as it is sent, with its marker in it. */
  worded(body: string, marker: string): string
  /** Ours under this marker, as it stands there now. */
  remarkUnder(request: number, marker: string): Promise<Written | null>
  remark(request: number, body: string): Promise<Written>
  edit(request: number, remark: number, body: string): Promise<'edited' | 'gone'>
  /** Of all states: one that a person closed is dealt with. */
  issueUnder(marker: string, label: string): Promise<number | null>
  raise(issue: { title: string; body: string; labels: string[] }): Promise<number>
}

/** What was written here is remembered, since a list may be a moment behind. */
const REMEMBERED = 1000
/** The label that our issues are found by. */
const OURS = 'nightshift'

/** One remark a request and marker, edited in place, and one issue a marker. `pages`: where our own pages are. */
export function threadsOver(
  begin: () => Promise<Threads>,
  pages: string | undefined,
): Pick<Review, 'comment' | 'isCommented' | 'escalate' | 'escalated'> {
  const remarks = new Recent<Written>(REMEMBERED)
  const issues = new Recent<number>(REMEMBERED)
  const linked = linkedTo(pages)
  return {
    async comment(request, marker, text, link) {
      const threads = await begin()
      const body = threads.worded(linked({ body: text, link }).body, marker)
      const key = `${request} ${marker}`
      const find = async () => remarks.get(key) ?? threads.remarkUnder(request, marker)
      const write = () => threads.remark(request, body)
      const { found, isNew } = await onceFound(find, write)
      remarks.set(key, found)
      if (isNew || isSame(found.body, body)) return
      if ((await threads.edit(request, found.id, body)) === 'edited')
        return void remarks.set(key, { id: found.id, body })
      // A person took it away, and gets it again: there is news.
      remarks.drop(key)
      remarks.set(key, (await onceFound(find, write)).found)
    },
    async isCommented(request, marker, text, link) {
      const threads = await begin()
      const found = await threads.remarkUnder(request, marker)
      return found !== null && isSame(found.body, threads.worded(linked({ body: text, link }).body, marker))
    },
    async escalate(escalation) {
      const threads = await begin()
      const { marker, title, body, labels } = linked<Escalation>(escalation)
      const find = async () => issues.get(marker) ?? threads.issueUnder(marker, OURS)
      const asked = { title, body: threads.worded(body, marker), labels: [...new Set([OURS, ...labels])] }
      const { found } = await onceFound(find, () => threads.raise(asked))
      issues.set(marker, found)
      return found
    },
    escalated: async (marker) => (await begin()).issueUnder(marker, OURS),
  }
}

/** Hosts trim what they keep, so only the words are compared. */
const isSame = (one: string, other: string): boolean => one.trim() === other.trim()

/** A host would write a second one if asked twice, so it is asked once and looked for when no answer came. */
async function onceFound<T>(
  find: () => Promise<T | null>,
  write: () => Promise<T>,
): Promise<{ found: T; isNew: boolean }> {
  const before = await find()
  if (before !== null) return { found: before, isNew: false }
  try {
    return { found: await write(), isNew: true }
  } catch (error) {
    const after = await find()
    if (after === null) throw error
    return { found: after, isNew: true }
  }
}
