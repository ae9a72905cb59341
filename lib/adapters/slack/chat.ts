import { z } from 'zod'
import type { Chat } from '../../world.ts'
import { type SlackAccess, slackClient } from './client.ts'
import { slackMembers } from './members.ts'
import { escaped, LONGEST } from './text.ts'

const TIMEOUT_MS = 5000

/** Answers to somebody in Slack, seen by them alone. */
export function slackChat(access: SlackAccess & { pages: string }): Chat {
  const call = slackClient(access)
  const shown = (text: string) => ({
    response_type: 'ephemeral',
    text: escaped(text, LONGEST.fallback),
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: escaped(text, LONGEST.section), verbatim: true } },
      {
        type: 'actions',
        elements: [
          {
            ...{ type: 'button', action_id: 'open', text: { type: 'plain_text', text: 'Open the control room' } },
            url: new URL('/dashboard/agent-control', access.pages).href,
          },
        ],
      },
    ],
  })
  const members = slackMembers(call)
  return {
    emailOf: members.emailOf,
    shown: async (text) => shown(text),
    async askWhy(trigger, about) {
      await call('views.open', { trigger_id: trigger, view: form(about) }, z.object({}))
    },
    async say(to, text) {
      if (!isSlacks(to, access.url)) return
      const response = await fetch(to, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...shown(text), replace_original: false }),
      })
      await response.body?.cancel()
    },
  }
}

/** It came signed, and all the same: an answer goes to Slack, or to where Slack was said to be, and nowhere else. */
export function isSlacks(to: string, api: string): boolean {
  const url = URL.parse(to)
  if (!url || url.username || url.password) return false
  return url.origin === 'https://hooks.slack.com' || url.origin === new URL(api).origin
}

const plain = (text: string) => ({ type: 'plain_text', text })

const form = (about: string) => ({
  ...{ type: 'modal', callback_id: 'reject', private_metadata: about },
  ...{ title: plain('Reject the fix'), submit: plain('Reject'), close: plain('Not yet') },
  blocks: [
    {
      ...{ type: 'input', block_id: 'why', label: plain('Why? It goes to the next attempt.') },
      element: { type: 'plain_text_input', action_id: 'why', multiline: true, min_length: 1, max_length: 500 },
    },
  ],
})
