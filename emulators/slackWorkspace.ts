import { blocksProblem, type SlackBlock } from './slackBlocks.ts'
import { SlackUsers, TEAM } from './slackUsers.ts'

export interface SlackMessage {
  ts: string
  channel: string
  thread: string | null
  /** A reply that is shown in the channel too. */
  broadcast: boolean
  text: string
  blocks: SlackBlock[]
  metadata: { event_type: string; event_payload: Record<string, unknown> } | null
  edited: number
  /** What would be fetched and shown of links in it. */
  unfurls: boolean
}

type Answer = { ok: true; [key: string]: unknown } | { ok: false; error: string }
const no = (error: string): Answer => ({ ok: false, error })

/** Channels with their messages, and forms that are open. */
export class SlackWorkspace {
  readonly messages: SlackMessage[] = []
  /** Forms that were opened, by the trigger that let them. */
  readonly views: { trigger: string; view: Record<string, unknown> }[] = []
  /** Triggers that were handed out and not used. */
  readonly triggers = new Set<string>()
  readonly users = new SlackUsers()
  /** Channels that the app is in. */
  readonly channels: Set<string>
  private posted = 0

  constructor(channels: string[]) {
    this.channels = new Set(channels)
  }

  call(method: string, fields: Record<string, string>): Answer {
    if (method === 'auth.test')
      return {
        ...{ ok: true, team: 'Night', user: 'nightshift', team_id: TEAM, user_id: 'U0BOT' },
        url: 'https://night.slack.com/',
      }
    if (method === 'users.info') return this.users.info(fields.user)
    if (method === 'views.open') return this.open(fields)
    if (fields.channel !== undefined && !this.channels.has(fields.channel)) return no('channel_not_found')
    if (method === 'chat.postMessage') return this.post(fields)
    if (method === 'chat.update') return this.update(fields)
    if (method === 'conversations.history') return this.list(fields, ({ thread, broadcast }) => !thread || broadcast)
    if (method === 'conversations.replies') {
      const root = this.find(fields.ts)
      if (!root) return no('thread_not_found')
      return this.list(fields, ({ ts, thread }) => ts === root.ts || thread === root.ts, root.ts)
    }
    return no('unknown_method')
  }

  find = (ts: string | undefined) => this.messages.find((message) => message.ts === ts)

  /** Somebody deletes it by hand. */
  remove(ts: string): void {
    this.messages.splice(
      this.messages.findIndex((message) => message.ts === ts),
      1,
    )
  }

  private post(fields: Record<string, string>): Answer {
    const content = contentOf(fields)
    if (typeof content === 'string') return no(content)
    const thread = fields.thread_ts ?? null
    if (thread && !this.find(thread)) return no('thread_not_found')
    this.posted += 1
    const ts = `${Math.floor(Date.now() / 1000)}.${String(this.posted).padStart(6, '0')}`
    const channel = fields.channel!
    const unfurls = fields.unfurl_links !== 'false' || fields.unfurl_media !== 'false'
    const broadcast = fields.reply_broadcast === 'true'
    this.messages.push({ ts, channel, thread, broadcast, edited: 0, unfurls, ...content })
    return { ok: true, channel, ts, message: { ts, text: content.text } }
  }

  private update(fields: Record<string, string>): Answer {
    const message = this.find(fields.ts)
    if (!message || message.channel !== fields.channel) return no('message_not_found')
    const content = contentOf(fields)
    if (typeof content === 'string') return no(content)
    // Blocks are replaced whole; metadata that is not given stays.
    Object.assign(message, content, { metadata: content.metadata ?? message.metadata, edited: message.edited + 1 })
    return { ok: true, channel: message.channel, ts: message.ts, text: message.text }
  }

  private list(fields: Record<string, string>, of: (message: SlackMessage) => boolean, root?: string): Answer {
    const { oldest = '0', latest = '9999999999', limit = '100', cursor = '', include_all_metadata: all } = fields
    const inside = (ts: string) =>
      ts === root || (fields.inclusive === 'true' ? ts >= oldest && ts <= latest : ts > oldest && ts < latest)
    const found = this.messages.filter((one) => one.channel === fields.channel && of(one) && inside(one.ts))
    // Threads are listed from the beginning, channels from the end.
    const ordered = root ? found : found.reverse()
    const from = Number(cursor || 0)
    const page = ordered.slice(from, from + Number(limit))
    const more = from + page.length < ordered.length
    return {
      ok: true,
      messages: page.map(({ ts, text, blocks, thread, metadata }) => ({
        ...{ type: 'message', ts, text, blocks, user: 'U0BOT' },
        ...(thread && { thread_ts: thread }),
        ...(all === 'true' && metadata && { metadata }),
      })),
      has_more: more,
      response_metadata: { next_cursor: more ? String(from + page.length) : '' },
    }
  }

  private open(fields: Record<string, string>): Answer {
    if (!this.triggers.delete(fields.trigger_id ?? '')) return no('expired_trigger_id')
    const view = JSON.parse(fields.view ?? '{}') as Record<string, unknown>
    if (view.type !== 'modal' || !view.title || !Array.isArray(view.blocks)) return no('invalid_arguments')
    if (String(view.private_metadata ?? '').length > 3000) return no('view_too_large')
    this.views.push({ trigger: fields.trigger_id!, view })
    return { ok: true, view: { id: `V${this.views.length}`, ...view } }
  }
}

function contentOf(fields: Record<string, string>): Pick<SlackMessage, 'text' | 'blocks' | 'metadata'> | string {
  const { text = '', blocks: written = '[]', metadata: about } = fields
  if (text === '' && written === '[]') return 'no_text'
  if (text.length > 40_000) return 'msg_too_long'
  try {
    const blocks = JSON.parse(written)
    const metadata = about ? JSON.parse(about) : null
    if (metadata && (typeof metadata.event_type !== 'string' || typeof metadata.event_payload !== 'object'))
      return 'invalid_metadata_format'
    return blocksProblem(blocks) ? 'invalid_blocks' : { text, blocks, metadata }
  } catch {
    return 'invalid_blocks_format'
  }
}
