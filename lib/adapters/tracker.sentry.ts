import { z } from 'zod'
import type { Sha } from '../domain/tree.ts'
import type { Remark, Tracker } from '../world.ts'
import { type SentryAccess, sentryApi } from './sentry/api.ts'
import { SentryTrouble, unreachable } from './sentry/trouble.ts'

const Issue = z.object({ status: z.string(), substatus: z.string().nullish() })
const Comments = z.array(z.object({ id: z.string(), data: z.object({ text: z.string() }) }))

/**
 * Sentry with the token that writes. `pages`: where this server's pages are; `repository`: `owner/name` as it was linked in
 * Sentry, null where none was.
 */
export function sentryTracker(access: SentryAccess, pages: string, repository: string | null): Tracker {
  const api = sentryApi(access)

  async function issueOf(issue: string) {
    const parsed = Issue.safeParse((await api.get(`/issues/${issue}`)).json)
    if (!parsed.success) throw unreachable('Sentry’s issue is not what it should be')
    return parsed.data
  }
  /** Newest first; the first page, where a remark of ours is replaced rather than buried. */
  async function remarksOf(issue: string, mark: string) {
    const parsed = Comments.safeParse((await api.get(`/issues/${issue}/comments`)).json)
    if (!parsed.success) throw unreachable('Sentry’s comments are not what they should be')
    return parsed.data.filter(({ data }) => data.text.split('\n')[0] === mark)
  }
  const bodyOf = ({ mark, text, link }: Remark) => `${mark}\n\n${text}\n\n${new URL(link, pages).href}`

  return {
    resolve: (issue, sha) =>
      refusedOr(async () => {
        if ((await issueOf(issue)).status !== 'unresolved') return
        const commit = repository && { repository, commit: sha }
        if (commit && (await isTaken(() => api.put(`/issues/${issue}`, resolvedIn(commit))))) return
        // Sentry does not know the repository or the commit: it comes back with any event, also of an older version.
        await api.put(`/issues/${issue}`, { status: 'resolved' })
      }),
    async isResolved(issue) {
      const { status, substatus } = await issueOf(issue)
      // One that came back at once was resolved: doing it again would hide that.
      return status !== 'unresolved' || substatus === 'regressed'
    },
    remark: (issue, remark) =>
      refusedOr(async () => {
        const text = bodyOf(remark)
        // Somebody else's that begins like ours is not ours to change.
        for (const { id } of await remarksOf(issue, remark.mark))
          if (await isTaken(() => api.put(`/issues/${issue}/comments/${id}`, { text }))) return
        await api.post(`/issues/${issue}/comments`, { text })
      }),
    async isRemarked(issue, remark) {
      return (await remarksOf(issue, remark.mark)).some(({ data }) => data.text.trim() === bodyOf(remark).trim())
    },
  }
}

const resolvedIn = (inCommit: { repository: string; commit: Sha }) => ({
  status: 'resolved',
  statusDetails: { inCommit },
})

/** False where Sentry says that this cannot be done so, and did nothing. */
async function isTaken(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call()
    return true
  } catch (error) {
    if (error instanceof SentryTrouble && error.declined) return false
    throw error
  }
}

/** What is certainly not done is a reason; what may have been done is thrown on. */
async function refusedOr(call: () => Promise<void>): Promise<{ refused: string } | undefined> {
  try {
    await call()
    return undefined
  } catch (error) {
    if (error instanceof SentryTrouble && error.declined) return { refused: `Sentry: ${error.trouble.state}` }
    throw error
  }
}
