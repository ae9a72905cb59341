import { z } from 'zod'
import type { Opinions } from '../../domain/proposal.ts'
import { type Api, parsed } from './client.ts'
import { requestAt, User } from './requests.ts'

const Approvals = z.object({
  approved_by: z.array(z.object({ user: User, approved_at: z.iso.datetime({ offset: true }).nullish() })),
})
const Version = z.object({ head_commit_sha: z.string(), created_at: z.iso.datetime({ offset: true }) })
const Reviewer = z.object({ user: User, state: z.string().catch('') })
const Member = z.object({ access_level: z.number(), state: z.string() })

/** Users that GitLab makes for tokens. */
const PROGRAM = /^(?:project|group)_\d+_bot/
const DEVELOPER = 30

/**
 * An approval on GitLab names no commit, and unless a project says otherwise it outlives the next push. So it counts when
 * it was given after the head came there, by a member who may push; one without a time counts for nothing. It has no number
 * of its own either, so its time is its name: one that was taken back and given again is another one.
 */
export async function opinionsAbout(api: Api, number: number): Promise<Opinions> {
  const { sha: head, author } = await requestAt(api, number)
  const path = `merge_requests/${number}`
  const approvals = parsed(Approvals, (await api.get(`${path}/approvals`)).data, 'list of approvals').approved_by
  const since = (await api.list(`${path}/versions`, {}, Version)).find(
    (one) => one.head_commit_sha === head,
  )?.created_at
  const reviewers = await api.list(`${path}/reviewers`, {}, Reviewer)
  const approved: Opinions['approved'] = []
  for (const { user, approved_at: at } of approvals) {
    if (!since || !at || Date.parse(at) <= Date.parse(since)) continue
    const association = await associationOf(api, user, author.username)
    if (association) approved.push({ by: user.username, association, review: Date.parse(at), at })
  }
  const objected: string[] = []
  for (const { user, state } of reviewers)
    if (state === 'requested_changes' && (await associationOf(api, user, author.username))) objected.push(user.username)
  return { head, approved: approved.filter(({ by }) => !objected.includes(by)), objected }
}

type Association = Opinions['approved'][number]['association']

/** Null for programs, for whoever opened the request and for everybody who may not push. */
async function associationOf(
  api: Api,
  { id, username }: z.infer<typeof User>,
  author: string,
): Promise<Association | null> {
  if (username === author || PROGRAM.test(username)) return null
  const { status, data } = await api.get(`members/all/${id}`, {}, [404])
  if (status === 404) return null
  const { access_level: level, state } = parsed(Member, data, 'member')
  if (state !== 'active' || level < DEVELOPER) return null
  return level >= 50 ? 'owner' : level >= 40 ? 'member' : 'collaborator'
}
