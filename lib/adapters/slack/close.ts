import { z } from 'zod'
import { noticeUnder } from '../../store/notices.ts'
import { closedContent } from './blocks.ts'
import { SlackRefused } from './client.ts'
import type { Desk } from './desk.ts'
import { metadataOf } from './messages.ts'

const Nothing = z.object({})

/** One that arrived a second time. */
export async function retire(desk: Desk, place: string, ts: string, key: string): Promise<void> {
  const asked = await noticeUnder(desk.sql, desk.project.id, key)
  if (asked)
    await update(
      desk,
      place,
      ts,
      closedContent(asked, 'This arrived twice; answer the other one.', desk.pages),
      key,
      key,
    )
}

/** Somebody may have deleted it meanwhile: then there is nothing to press either. */
export async function update(
  desk: Desk,
  place: string,
  ts: string,
  content: object,
  key: string,
  by: string,
): Promise<void> {
  const metadata = metadataOf(desk.project.id, key, false, by)
  try {
    await desk.call('chat.update', { channel: place, ts, ...content, metadata }, Nothing)
  } catch (error) {
    if (!(error instanceof SlackRefused && error.error === 'message_not_found')) throw error
  }
}
