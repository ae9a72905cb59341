import type { Sql } from 'postgres'
import type { Notice } from '../domain/notice.ts'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import { intend, sentUnder } from '../store/deliveries.ts'
import { noticeUnder } from '../store/notices.ts'
import type { Notify, NotSent } from '../world.ts'
import { closeAsk, isClosed } from './slack/asks.ts'
import { type SlackAccess, SlackRefused, slackClient } from './slack/client.ts'
import { type Desk, timed } from './slack/desk.ts'
import { find } from './slack/find.ts'
import { post } from './slack/post.ts'

export interface SlackOptions extends SlackAccess {
  /** Where notices of a project go that names no channel of its own. */
  channel: string
  /** Where our pages are. */
  pages: string
}

/**
 * Slack over its Web API. One message an issue, later notices under it; an approval can be answered until it is answered, and
 * at most one message a fix can. Each message carries its notice's key in its metadata, so that Slack itself is asked
 * whether one arrived; where it went is written down before the call.
 */
export function slackNotify(sql: Sql, options: SlackOptions): Notify {
  const call = slackClient(options)
  const desk = (project: Project): Desk => ({
    ...{ sql, project, call: timed(call), pages: options.pages },
    channel: project.settings.notify.slackChannel ?? options.channel,
  })
  return {
    send: (project, notice) => unlessRefused(() => send(desk(project), notice)),
    arrived: (project, key) => arrived(desk(project), key).catch(unanswered),
  }
}

async function send(desk: Desk, notice: Notice): Promise<void> {
  const { sql, project, channel } = desk
  if (notice.kind === 'answered') {
    await intend(sql, project.id, 'slack', { key: notice.key, place: channel, thread: null })
    return closeAsk(desk, notice.of, notice.body, notice.key)
  }
  // It may have been called before: then nobody knows, until Slack was asked.
  if ((await sentUnder(sql, project.id, 'slack', notice.key)) && (await find(desk, notice.key))) return
  await post(desk, notice)
}

async function arrived(desk: Desk, key: string): Promise<boolean> {
  const notice = await noticeUnder(desk.sql, desk.project.id, key)
  if (notice?.kind === 'answered') return isClosed(desk, notice.of)
  return (await find(desk, key)) !== null
}

/** A no to a question says nothing about what arrived. */
function unanswered(error: unknown): never {
  throw error instanceof SlackRefused ? new Fault('CHANNEL_UNREACHABLE', error.message) : error
}

async function unlessRefused(send: () => Promise<void>): Promise<NotSent | undefined> {
  try {
    await send()
    return undefined
  } catch (error) {
    if (!(error instanceof SlackRefused)) throw error
    return { refused: error.message, ...(error.inMs !== undefined && { inMs: error.inMs }) }
  }
}
