import type { Sql } from 'postgres'
import { CHANNELS, type ChannelName } from '../domain/notice.ts'
import type { NotifyChoice } from '../domain/notifyChoice.ts'
import type { Channel, Chat, Notify } from '../world.ts'
import { later } from './later.ts'

/** The channels that were chosen. Their SDKs are large, so each is loaded when it is first used. */
export function channelsOf(sql: Sql, { slack, email }: NotifyChoice, pages: string): Channel[] {
  const open: Record<ChannelName, (() => Promise<Notify>) | null> = {
    slack: slack && (async () => (await import('./notify.slack.ts')).slackNotify(sql, { ...slack, pages })),
    email: email && (async () => (await import('./notify.email.ts')).emailNotify(sql, { ...email, pages })),
  }
  return CHANNELS.flatMap((name) => {
    const load = open[name]
    return load ? [{ name, notify: later(load, { send: true, arrived: true }) }] : []
  })
}

/** Whoever asks has been let in by Slack's signature, so there is a Slack. */
export function chatOf({ slack }: NotifyChoice, pages: string): Chat | null {
  if (!slack) return null
  return later(async () => (await import('./slack/chat.ts')).slackChat({ ...slack, pages }), {
    ...{ emailOf: true, askWhy: true, say: true, shown: true },
  })
}
