import type { Sql } from 'postgres'
import { CHANNELS, type ChannelName } from '../domain/notice.ts'
import type { NotifyChoice } from '../domain/notifyChoice.ts'
import type { Channel, Chat, Notify } from '../world.ts'

/** The channels that were chosen. Their SDKs are large, so each is loaded when it is first used. */
export function channelsOf(sql: Sql, { slack, email }: NotifyChoice, pages: string): Channel[] {
  const open: Record<ChannelName, (() => Promise<Notify>) | null> = {
    slack: slack && (async () => (await import('./notify.slack.ts')).slackNotify(sql, { ...slack, pages })),
    email: email && (async () => (await import('./notify.email.ts')).emailNotify(sql, { ...email, pages })),
  }
  return CHANNELS.flatMap((name) => {
    const load = open[name]
    return load ? [{ name, notify: openedLater(load) }] : []
  })
}

function openedLater(open: () => Promise<Notify>): Notify {
  let opened: Promise<Notify> | undefined
  const notify = () => (opened ??= open())
  return {
    send: async (...told) => (await notify()).send(...told),
    arrived: async (...asked) => (await notify()).arrived(...asked),
  }
}

/** Whoever asks has been let in by Slack's signature, so there is a Slack. */
export function chatOf({ slack }: NotifyChoice, pages: string): Chat | null {
  if (!slack) return null
  let opened: Promise<Chat> | undefined
  const chat = () => (opened ??= import('./slack/chat.ts').then(({ slackChat }) => slackChat({ ...slack, pages })))
  return {
    emailOf: async (user) => (await chat()).emailOf(user),
    askWhy: async (...asked) => (await chat()).askWhy(...asked),
    say: async (...told) => (await chat()).say(...told),
    shown: async (text) => (await chat()).shown(text),
  }
}
