import { closed, liveAsks, sentUnder } from '../../store/deliveries.ts'
import { noticeUnder } from '../../store/notices.ts'
import { closedContent } from './blocks.ts'
import { update } from './close.ts'
import type { Desk } from './desk.ts'
import { find } from './find.ts'

/** Says on an approval's message what became of it, and takes its buttons away. `by`: the key of what answers it. */
export async function closeAsk(desk: Desk, key: string, why: string, by: string): Promise<void> {
  const { sql, project, pages } = desk
  const found = await find(desk, key)
  const asked = await noticeUnder(sql, project.id, key)
  const sent = await sentUnder(sql, project.id, 'slack', key)
  if (found && asked && sent) await update(desk, sent.place, found.ts, closedContent(asked, why, pages), key, by)
  await closed(sql, project.id, 'slack', key)
}

/** Whether nothing can be answered under this key: its message says so, or there is none. */
export async function isClosed(desk: Desk, key: string): Promise<boolean> {
  const found = await find(desk, key)
  return found === null || !found.live
}

/** Before a fix is asked for anew, nothing else asks for it. */
export async function closeOthers(desk: Desk, fix: string, but: string): Promise<void> {
  for (const { key } of await liveAsks(desk.sql, desk.project.id, 'slack', fix, but))
    await closeAsk(desk, key, 'It is asked anew below.', but)
}
