import { z } from 'zod'
import { Fault } from '../../errors.ts'
import { type SlackCall, SlackRefused } from './client.ts'

const EVENT = 'nightshift_notice'

/** A message of ours as Slack has it. */
export interface Found {
  ts: string
  /** The notice's key. */
  key: string
  /** It can be answered. */
  live: boolean
  /** Keys of what closed it. */
  closedBy: string | null
}

const Message = z.object({
  ts: z.string(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .optional()
    .catch(undefined),
})
const Page = z.object({
  messages: z.array(Message).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})

/** What Slack keeps with a message and shows to nobody. */
export const metadataOf = (project: number, key: string, live: boolean, closedBy?: string) => ({
  event_type: EVENT,
  event_payload: { project, key, live, ...(closedBy && { closed_by: closedBy }) },
})

const PER_PAGE = 200
/** Pages that are read at most; a channel with more than 2,000 messages since the call is not ours alone. */
const PAGES = 10
/** Slack's clock and the database's may differ by so much, in milliseconds. */
const SKEW_MS = 600_000

/** Messages of ours for this project in a channel or under one of its messages, since a moment, oldest first. */
export async function ours(
  call: SlackCall,
  at: { project: number; place: string; thread: string | null; since: Date },
): Promise<Found[]> {
  const found: Found[] = []
  const oldest = String((at.since.getTime() - SKEW_MS) / 1000)
  let cursor = ''
  for (let page = 0; page < PAGES; page++) {
    const fields = { channel: at.place, oldest, limit: PER_PAGE, include_all_metadata: true, ...(cursor && { cursor }) }
    const read = await list(call, fields, at.thread)
    found.push(...read.messages.flatMap((message) => foundIn(message, at.project)))
    cursor = read.response_metadata?.next_cursor ?? ''
    if (!cursor) return found.sort((a, b) => Number(a.ts) - Number(b.ts))
  }
  throw new Fault('CHANNEL_UNREACHABLE', `more than ${PER_PAGE * PAGES} messages to look through`)
}

/** One message, by its name; null: it is gone. */
export async function messageAt(
  call: SlackCall,
  at: { project: number; place: string; thread: string | null; ts: string },
): Promise<Found | null> {
  const fields = {
    channel: at.place,
    oldest: at.ts,
    latest: at.ts,
    inclusive: true,
    include_all_metadata: true,
    limit: 2,
  }
  const { messages } = await list(call, fields, at.thread)
  return messages.flatMap((message) => foundIn(message, at.project)).find(({ ts }) => ts === at.ts) ?? null
}

/** A thread whose first message is gone has nothing of ours in it. */
async function list(call: SlackCall, fields: Record<string, unknown>, thread: string | null) {
  if (!thread) return call('conversations.history', fields, Page)
  try {
    return await call('conversations.replies', { ...fields, ts: thread }, Page)
  } catch (error) {
    if (error instanceof SlackRefused && error.error === 'thread_not_found') return Page.parse({ messages: [] })
    throw error
  }
}

function foundIn({ ts, metadata }: z.infer<typeof Message>, project: number): Found[] {
  if (metadata?.event_type !== EVENT) return []
  const { key, live, closed_by, project: whose } = metadata.event_payload
  if (typeof key !== 'string' || whose !== project) return []
  return [{ ts, key, live: live === true, closedBy: typeof closed_by === 'string' ? closed_by : null }]
}
