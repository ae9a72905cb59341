import { z } from 'zod'
import type { Escalation } from '../../domain/proposal.ts'
import { parsed } from './answers.ts'
import type { Api } from './client.ts'
import { listed } from './lists.ts'
import { hasMarker, withMarker } from './marker.ts'
import type { Recent } from './recent.ts'

const Comment = z.object({
  id: z.number(),
  body: z.string().catch(''),
  user: z.object({ login: z.string() }).nullable(),
})
const Issue = z.object({
  ...{ number: z.number(), body: z.string().nullable().catch(null), pull_request: z.unknown().optional() },
  user: z.object({ login: z.string() }).nullable(),
})

/** GitHub would write a second one if asked twice, so it is asked once and looked for when no answer came. */
async function onceFound<T>(
  find: () => Promise<T | null>,
  make: () => Promise<T>,
): Promise<{ found: T; made: boolean }> {
  const before = await find()
  if (before !== null) return { found: before, made: false }
  try {
    return { found: await make(), made: true }
  } catch (error) {
    const after = await find()
    if (after === null) throw error
    return { found: after, made: true }
  }
}

/** A comment of ours as it was last written. */
export interface Written {
  id: number
  body: string
}

/** `known`: that were written here, since a list may be a moment behind. */
export async function commentOn(
  api: Api,
  wanted: { number: number; marker: string; body: string; me: string; known: Recent<Written> },
): Promise<void> {
  const { number, marker, me, known } = wanted
  const body = withMarker(wanted.body, marker)
  const key = `${number} ${marker}`
  const at = { issue_number: number }
  const find = async () => known.get(key) ?? commentUnder(api, { number, marker, me })
  const make = async (): Promise<Written> =>
    parsed(Comment, (await api.call(`POST ${COMMENTS}`, { ...at, body }, { once: true })).data, 'comment')
  const { found, made } = await onceFound(find, make)
  known.set(key, { id: found.id, body: found.body })
  if (made || found.body === body) return
  const edit = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}'
  const answer = await api.call(edit, { comment_id: found.id, body }, { accept: [404] })
  if (answer.status !== 404) {
    known.set(key, { id: found.id, body })
    return
  }
  // A person took it away, and gets it again: there is news.
  known.drop(key)
  const { found: fresh } = await onceFound(find, make)
  known.set(key, { id: fresh.id, body })
}

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'

/** Ours under this marker, as it stands there now. */
export async function commentUnder(
  api: Api,
  { number, marker, me }: { number: number; marker: string; me: string },
): Promise<Written | null> {
  const all = await listed(api, `GET ${COMMENTS}`, { issue_number: number }, Comment)
  return all.find((comment) => comment.user?.login === me && hasMarker(comment.body, marker)) ?? null
}

const OURS = 'nightshift'

/** Of all states: one that a person closed is dealt with. */
export async function escalate(
  api: Api,
  { marker, title, body, labels }: Escalation,
  me: string,
  known: Recent<number>,
): Promise<number> {
  const find = async () => known.get(marker) ?? escalatedUnder(api, marker, me)
  const make = async () => {
    const asked = { title, body: withMarker(body, marker), labels: [...new Set([OURS, ...labels])] }
    const answer = await api.call('POST /repos/{owner}/{repo}/issues', asked, { once: true })
    return parsed(Issue, answer.data, 'issue').number
  }
  const { found } = await onceFound(find, make)
  known.set(marker, found)
  return found
}

export async function escalatedUnder(api: Api, marker: string, me: string): Promise<number | null> {
  const asked = { labels: OURS, state: 'all', creator: me }
  const all = await listed(api, 'GET /repos/{owner}/{repo}/issues', asked, Issue)
  const found = all.find(
    (issue) => !issue.pull_request && issue.user?.login === me && hasMarker(issue.body ?? '', marker),
  )
  return found?.number ?? null
}
