import { z } from 'zod'
import type { Escalation } from '../../domain/proposal.ts'
import { hasMarker, withMarker } from '../github/marker.ts'
import type { Recent } from '../github/recent.ts'
import { type Api, parsed } from './client.ts'
import { quiet } from './quiet.ts'

const Author = z.object({ username: z.string() })
const Note = z.object({ id: z.number(), body: z.string().catch(''), author: Author, system: z.boolean().catch(false) })
const Issue = z.object({ iid: z.number(), description: z.string().nullable().catch(null), author: Author })

/** GitLab would write a second one if asked twice, so it is asked once and looked for when no answer came. */
async function onceFound<T>(find: () => Promise<T | null>, make: () => Promise<T>): Promise<T> {
  const before = await find()
  if (before !== null) return before
  try {
    return await make()
  } catch (error) {
    const after = await find()
    if (after === null) throw error
    return after
  }
}

export interface Written {
  id: number
  body: string
}

/** One note a marker, edited in place. `known`: that were written here, since a list may be a moment behind. */
export async function noteOn(
  api: Api,
  wanted: { number: number; marker: string; body: string; me: string; known: Recent<Written> },
): Promise<void> {
  const { number, marker, me, known } = wanted
  const body = withMarker(quiet(wanted.body), marker)
  const key = `${number} ${marker}`
  const path = `merge_requests/${number}/notes`
  const find = async (): Promise<Written | null> => known.get(key) ?? noteUnder(api, { number, marker, me })
  const make = async (): Promise<Written> => parsed(Note, (await api.post(path, { body })).data, 'note')
  const found = await onceFound(find, make)
  known.set(key, { id: found.id, body })
  // GitLab trims what it keeps, so only the words are compared.
  if (found.body.trim() === body.trim()) return
  known.drop(key)
  const edited = await api.put(`${path}/${found.id}`, { body }, [404])
  // A person took it away, and gets it again: there is news.
  const id = edited.status === 404 ? (await onceFound(find, make)).id : found.id
  known.set(key, { id, body })
}

/** Ours under this marker, as it stands there now. */
export async function noteUnder(
  api: Api,
  { number, marker, me }: { number: number; marker: string; me: string },
): Promise<Written | null> {
  const all = await api.list(`merge_requests/${number}/notes`, { sort: 'asc', order_by: 'created_at' }, Note)
  return all.find((note) => !note.system && note.author.username === me && hasMarker(note.body, marker)) ?? null
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
    const named = [...new Set([OURS, ...labels])].join(',')
    const asked = { title, description: withMarker(quiet(body), marker), labels: named }
    return parsed(Issue, (await api.post('issues', asked)).data, 'issue').iid
  }
  const number = await onceFound(find, make)
  known.set(marker, number)
  return number
}

export async function escalatedUnder(api: Api, marker: string, me: string): Promise<number | null> {
  const asked = { labels: OURS, state: 'all', scope: 'all', author_username: me }
  const all = await api.list('issues', asked, Issue)
  return all.find((one) => one.author.username === me && hasMarker(one.description ?? '', marker))?.iid ?? null
}
