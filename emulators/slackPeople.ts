import { createHmac, randomUUID } from 'node:crypto'
import type { EmulatedSlack } from './slack.ts'
import { buttonsOf, type SlackBlock } from './slackBlocks.ts'

/** Something somebody did in Slack, as the request it sends to the app. */
export interface SignedRequest {
  body: string
  headers: Record<string, string>
}

export interface Answered {
  status: number
  text: string
  /** Slack gives up after 3,000. */
  ms: number
}

/** Signs as Slack does: HMAC-SHA256 over `v0:timestamp:body`. `at`: seconds. */
export function signed(secret: string, body: string, at = Math.floor(Date.now() / 1000)): SignedRequest {
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`
  return {
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': signature,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    },
  }
}

const person = (id: string) => ({ id, username: id.toLowerCase(), name: id.toLowerCase(), team_id: 'T0NIGHT' })
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const common = (slack: EmulatedSlack, user: string) => ({
  ...{ user: person(user), team: { id: 'T0NIGHT', domain: 'night' }, api_app_id: 'A0NIGHT', token: 'deprecated' },
  trigger_id: trigger(slack),
})

function trigger(slack: EmulatedSlack): string {
  const id = `${Date.now()}.${randomUUID().slice(0, 8)}.t`
  slack.workspace.triggers.add(id)
  return id
}

/** A press of a button of a message; throws where there is none, as nobody could press it. */
export function press(slack: EmulatedSlack, user: string, ts: string, action: string): SignedRequest {
  const message = slack.workspace.find(ts)
  const button = message && buttonsOf(message.blocks).find(({ action_id }) => action_id === action)
  if (!message || !button) throw new Error(`there is no ${action} to press at ${ts}`)
  return pressOf(slack, user, { ts, channel: message.channel, action, ...(button.value && { value: button.value }) })
}

/** A press of what may not be there any more: the window of somebody who has not looked since. */
export function pressOf(
  slack: EmulatedSlack,
  user: string,
  on: { ts: string; channel: string; action: string; value?: string },
): SignedRequest {
  const payload = {
    type: 'block_actions',
    ...common(slack, user),
    container: { type: 'message', message_ts: on.ts, channel_id: on.channel, is_ephemeral: false },
    channel: { id: on.channel, name: 'nightshift' },
    message: { type: 'message', ts: on.ts, text: '' },
    response_url: `${slack.origin}/hooks/actions/T0NIGHT/${randomUUID()}`,
    actions: [
      { type: 'button', action_id: on.action, block_id: 'b', value: on.value, action_ts: `${Date.now() / 1000}` },
    ],
    state: { values: {} },
  }
  return signed(slack.signingSecret, form({ payload: JSON.stringify(payload) }))
}

/** Fills in the newest form and sends it. */
export function submit(slack: EmulatedSlack, user: string, text: string): SignedRequest {
  const open = slack.workspace.views.at(-1)
  if (!open) throw new Error('no form is open')
  const { view } = open
  const input = (view.blocks as SlackBlock[]).find(({ type }) => type === 'input')
  if (!input?.block_id || !input.element?.action_id) throw new Error('the form has nothing to fill in')
  const values = { [input.block_id]: { [input.element.action_id]: { type: 'plain_text_input', value: text } } }
  const payload = {
    type: 'view_submission',
    ...common(slack, user),
    view: { id: `V${slack.workspace.views.length}`, ...view, state: { values } },
    response_urls: [],
  }
  return signed(slack.signingSecret, form({ payload: JSON.stringify(payload) }))
}

/** `/nightshift <text>`. */
export function command(slack: EmulatedSlack, user: string, text: string): SignedRequest {
  const fields = {
    ...{ command: '/nightshift', text, user_id: user, user_name: user.toLowerCase(), team_id: 'T0NIGHT' },
    ...{ channel_id: slack.channel, channel_name: 'nightshift', api_app_id: 'A0NIGHT', trigger_id: trigger(slack) },
    response_url: `${slack.origin}/hooks/commands/T0NIGHT/${randomUUID()}`,
  }
  return signed(slack.signingSecret, form(fields))
}

/** Sends it to the app. */
export async function deliver(to: string, { body, headers }: SignedRequest): Promise<Answered> {
  const began = performance.now()
  const response = await fetch(to, { method: 'POST', headers, body })
  return { status: response.status, text: await response.text(), ms: performance.now() - began }
}
