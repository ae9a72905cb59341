import { z } from 'zod'
import { issueOf, type Notice, type NoticeKind } from '../../domain/notice.ts'
import { intend, remember, threadOf } from '../../store/deliveries.ts'
import { closeOthers } from './asks.ts'
import { contentOf } from './blocks.ts'
import { SlackRefused } from './client.ts'
import type { Desk } from './desk.ts'
import { metadataOf } from './messages.ts'

/** Shown in the channel too: what people should see who do not follow the thread. */
const LOUD: NoticeKind[] = ['approval-wanted', 'rolled-back', 'escalated']

const Posted = z.object({ ts: z.string() })

/** An issue's first message stands in the channel and the others under it. */
export async function post(desk: Desk, notice: Notice): Promise<void> {
  const { sql, project, channel } = desk
  const issue = issueOf(notice)
  const thread = issue === null ? null : await threadOf(sql, project.id, 'slack', issue, channel)
  if (notice.kind === 'approval-wanted') await closeOthers(desk, notice.fix, notice.key)
  try {
    await put(desk, notice, thread)
  } catch (error) {
    // Somebody deleted what it would stand under.
    if (!thread || !(error instanceof SlackRefused) || error.error !== 'thread_not_found') throw error
    await put(desk, notice, null)
  }
}

async function put({ sql, project, channel, call, pages }: Desk, notice: Notice, thread: string | null): Promise<void> {
  const { key, kind } = notice
  const { place } = await intend(sql, project.id, 'slack', { key, place: channel, thread })
  const under = thread ? { thread_ts: thread, reply_broadcast: LOUD.includes(kind) } : {}
  const still = { unfurl_links: false, unfurl_media: false, link_names: false, parse: 'none' }
  const metadata = metadataOf(project.id, key, kind === 'approval-wanted')
  const { ts } = await call(
    'chat.postMessage',
    { channel: place, ...contentOf(notice, pages), ...under, ...still, metadata },
    Posted,
  )
  await remember(sql, project.id, 'slack', key, ts)
}
