import { z } from 'zod'
import { hasMarker, withMarker } from '../review/marker.ts'
import type { Threads } from '../review/threads.ts'
import { parsed } from './answers.ts'
import type { Api } from './client.ts'
import { listed } from './lists.ts'

const Author = z.object({ login: z.string() }).nullable()
const Comment = z.object({ id: z.number(), body: z.string().catch(''), user: Author })
const Issue = z.object({
  ...{ number: z.number(), body: z.string().nullable().catch(null), pull_request: z.unknown().optional() },
  user: Author,
})

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}'
const ISSUES = '/repos/{owner}/{repo}/issues'

/** Comments and issues as GitHub has them. `me`: our login there; what others wrote is never taken for ours. */
export const githubThreads = (api: Api, me: string): Threads => ({
  worded: withMarker,
  async remarkUnder(number, marker) {
    const all = await listed(api, `GET ${COMMENTS}`, { issue_number: number }, Comment)
    return all.find(({ user, body }) => user?.login === me && hasMarker(body, marker)) ?? null
  },
  async remark(number, body) {
    const { data } = await api.call(`POST ${COMMENTS}`, { issue_number: number, body }, { once: true })
    return parsed(Comment, data, 'comment')
  },
  async edit(_, comment, body) {
    const { status } = await api.call(`PATCH ${COMMENT}`, { comment_id: comment, body }, { accept: [404] })
    return status === 404 ? 'gone' : 'edited'
  },
  async issueUnder(marker, label) {
    const all = await listed(api, `GET ${ISSUES}`, { labels: label, state: 'all', creator: me }, Issue)
    const found = all.find(
      ({ pull_request: isPull, user, body }) => !isPull && user?.login === me && hasMarker(body ?? '', marker),
    )
    return found?.number ?? null
  },
  async raise(issue) {
    const { data } = await api.call(`POST ${ISSUES}`, issue, { once: true })
    return parsed(Issue, data, 'issue').number
  },
})
