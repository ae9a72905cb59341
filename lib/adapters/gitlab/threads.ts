import { z } from 'zod'
import { hasMarker, withMarker } from '../review/marker.ts'
import type { Threads } from '../review/threads.ts'
import { type Api, parsed } from './client.ts'
import { quiet } from './quiet.ts'

const Author = z.object({ username: z.string() })
const Note = z.object({ id: z.number(), body: z.string().catch(''), author: Author, system: z.boolean().catch(false) })
const Issue = z.object({ iid: z.number(), description: z.string().nullable().catch(null), author: Author })

const notesOf = (request: number) => `merge_requests/${request}/notes`

/** Notes and issues as GitLab has them. `me`: our name there; what others wrote is never taken for ours. */
export const gitlabThreads = (api: Api, me: string): Threads => ({
  worded: (body, marker) => withMarker(quiet(body), marker),
  async remarkUnder(request, marker) {
    const all = await api.list(notesOf(request), { sort: 'asc', order_by: 'created_at' }, Note)
    return all.find(({ system, author, body }) => !system && author.username === me && hasMarker(body, marker)) ?? null
  },
  remark: async (request, body) => parsed(Note, (await api.post(notesOf(request), { body })).data, 'note'),
  async edit(request, note, body) {
    const { status } = await api.put(`${notesOf(request)}/${note}`, { body }, [404])
    return status === 404 ? 'gone' : 'edited'
  },
  async issueUnder(marker, label) {
    const asked = { labels: label, state: 'all', scope: 'all', author_username: me }
    const all = await api.list('issues', asked, Issue)
    const found = all.find(({ author, description }) => author.username === me && hasMarker(description ?? '', marker))
    return found?.iid ?? null
  },
  async raise({ title, body: description, labels }) {
    const { data } = await api.post('issues', { title, description, labels: labels.join(',') })
    return parsed(Issue, data, 'issue').iid
  },
})
