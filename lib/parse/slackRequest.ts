import { createHash } from 'node:crypto'
import { parseJson } from './json.ts'
import { listOf, recordOf, textOf } from './loose.ts'

/** Something somebody did to a message or a form of ours. `key` names this one press and no other. */
export type Interaction =
  | {
      kind: 'pressed'
      /** Slack's id of the person. */
      user: string
      action: string
      /** What the button carries, as JSON; null where it carries none. */
      value: unknown
      /** Lets us open a form, for three seconds. */
      trigger: string
      /** Where the one who pressed is answered. */
      replyTo: string
      key: string
    }
  | {
      kind: 'submitted'
      user: string
      form: string
      /** What was given to the form when it was opened. */
      about: unknown
      /** The first text of it. */
      text: string
      key: string
    }
  /** Signed by Slack, and of no meaning here. */
  | { kind: 'other' }

/** A slash command. */
export interface SlackCommand {
  user: string
  /** Behind the command's name. */
  text: string
  replyTo: string
  key: string
}

/** The body of a request to the interactivity address; null: it is none. */
export function interactionOf(body: string): Interaction | null {
  const payload = new URLSearchParams(body).get('payload')
  const parsed = parseJson(payload ?? '')
  if (!parsed.ok) return null
  const asked = recordOf(parsed.value)
  const user = idOf(recordOf(asked.user).id)
  const trigger = textOf(asked.trigger_id, 200) ?? ''
  if (user === null) return null
  if (asked.type === 'view_submission') {
    const view = recordOf(asked.view)
    const form = textOf(view.callback_id, 100) ?? ''
    const key = keyOf('submitted', user, trigger, textOf(view.id, 100) ?? '')
    return { kind: 'submitted', user, form, about: jsonOf(view.private_metadata), text: typedIn(view), key }
  }
  if (asked.type !== 'block_actions') return { kind: 'other' }
  const pressed = recordOf(listOf(asked.actions)[0])
  const action = textOf(pressed.action_id, 255)
  if (action === null) return { kind: 'other' }
  return {
    kind: 'pressed',
    ...{ user, action, trigger, value: jsonOf(pressed.value), replyTo: textOf(asked.response_url, 500) ?? '' },
    key: keyOf('pressed', user, trigger, action, textOf(pressed.action_ts, 50) ?? ''),
  }
}

export function commandOf(body: string): SlackCommand | null {
  const form = new URLSearchParams(body)
  const user = idOf(form.get('user_id'))
  if (user === null || !form.get('command')?.startsWith('/')) return null
  const text = (textOf(form.get('text'), 600) ?? '').trim()
  return {
    ...{ user, text, replyTo: textOf(form.get('response_url'), 500) ?? '' },
    key: keyOf('command', user, form.get('trigger_id') ?? '', text),
  }
}

const idOf = (value: unknown): string | null =>
  typeof value === 'string' && /^[UW][A-Z0-9]{2,20}$/.test(value) ? value : null

function jsonOf(value: unknown): unknown {
  const parsed = parseJson(textOf(value, 4000) ?? '')
  return parsed.ok ? parsed.value : null
}

/** `state.values` is by block and action, whose names are the form's own. */
function typedIn(view: Record<string, unknown>): string {
  for (const block of Object.values(recordOf(recordOf(view.state).values)))
    for (const input of Object.values(recordOf(block))) {
      const text = textOf(recordOf(input).value, 2000)
      if (text !== null) return text
    }
  return ''
}

/** The same request again has the same key: what it decided is answered once more, and nothing is decided twice. */
const keyOf = (...parts: string[]): string =>
  `slack-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`
