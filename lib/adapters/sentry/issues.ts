import { z } from 'zod'
import type { SourceEvent } from '../../domain/source.ts'
import { recordOf } from '../../parse/loose.ts'
import { sdkEventOf, timeOf } from '../../parse/sentryApi.ts'
import type { Answer, SentryApi } from './api.ts'
import type { Todo } from './pass.ts'
import { unreachable } from './trouble.ts'

const Listed = z.array(
  z.object({
    id: z.string().regex(/^\d{1,30}$/),
    lastSeen: z.string().optional(),
    status: z.string().optional(),
    issueCategory: z.string().optional(),
  }),
)

export interface IssuePage {
  /** Those with errors that nobody has archived. */
  issues: { id: string; lastSeen: number }[]
  /** When the last one of the page was seen last; null of an empty page. */
  oldest: number | null
  answer: Answer
}

/**
 * One page of the project's issues, the one seen last first. Resolved ones too: what still comes of them says that they
 * are not cured. Archived ones are what the team does not want to hear of.
 */
export async function issuesOf(api: SentryApi, project: string, page: string | null): Promise<IssuePage> {
  const answer = await api.get('/issues', {
    // Empty, since Sentry would take none at all for is:unresolved.
    ...{ query: '', project, sort: 'date', limit: 100 },
    ...(page === null ? {} : { cursor: page }),
  })
  const listed = Listed.safeParse(answer.json)
  if (!listed.success) throw unreachable('Sentry’s list of issues is not what it should be')
  const all = listed.data.map((one) => ({ ...one, lastSeen: timeOf(one.lastSeen) ?? Date.now() }))
  const wanted = all.filter(
    ({ status, issueCategory }) => status !== 'ignored' && (issueCategory ?? 'error') === 'error',
  )
  return { issues: wanted, oldest: all.at(-1)?.lastSeen ?? null, answer }
}

export interface EventPage {
  events: SourceEvent[]
  next: string | null
  answer: Answer
}

/** One page of an issue's events, newest first; `next` is null where the rest is older than `since`. */
export async function eventsOf(api: SentryApi, { issue, since, page, size }: Todo): Promise<EventPage> {
  const answer = await api.get(`/issues/${issue}/events`, {
    ...{ full: 'true', per_page: size },
    ...(page === null ? {} : { cursor: page }),
  })
  if (!Array.isArray(answer.json)) throw unreachable('Sentry’s list of events is not what it should be')
  const now = Date.now()
  const read = answer.json.map((one: unknown) => {
    const { dateCreated, dateReceived } = recordOf(one)
    // Some come long after they happened: a phone was off, a queue was full.
    const newest = Math.max(timeOf(dateCreated) ?? 0, timeOf(dateReceived) ?? 0)
    return { event: sdkEventOf(one), old: newest > 0 && newest < since }
  })
  return {
    events: read.flatMap(({ event, old }) =>
      event.ok && !old ? [{ id: event.id, at: new Date(Math.min(event.at ?? now, now)), issue, body: event.body }] : [],
    ),
    next: read.at(-1)?.old ? null : answer.next,
    answer,
  }
}
