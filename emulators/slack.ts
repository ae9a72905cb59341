import { type Emulated, emulate, type Heard } from './service.ts'
import { SlackWorkspace } from './slackWorkspace.ts'
import type { Reply } from './trouble.ts'

/** One call to a method, as it arrived. */
export interface SlackCall {
  method: string
  fields: Record<string, string>
}

/** What was posted to an address that came with an interaction. */
export interface SlackReply {
  path: string
  body: Record<string, unknown>
}

/** A workspace of Slack in memory behind its Web API, with people in it who press buttons; and a log of what it was asked. */
export interface EmulatedSlack extends Emulated {
  /** What the SDK calls `slackApiUrl`. */
  url: string
  origin: string
  token: string
  signingSecret: string
  /** What the bot was granted. */
  scopes: string[]
  /** The channel the app was invited to. */
  channel: string
  calls: SlackCall[]
  replies: SlackReply[]
  workspace: SlackWorkspace
}

/**
 * The methods Nightshift calls, and the limits and refusals of Slack's documentation. What it leaves out: OAuth, direct
 * messages, files, events, and rate limits of its own.
 */
export async function emulateSlack(): Promise<EmulatedSlack> {
  const token = 'xoxb-of-the-emulated-workspace'
  const workspace = new SlackWorkspace(['C0NIGHT01', 'C0OTHER02'])
  const calls: SlackCall[] = []
  const replies: SlackReply[] = []
  const scopes = [
    ...['chat:write', 'commands', 'channels:history', 'groups:history'],
    ...['users:read', 'users:read.email'],
  ]

  function note(heard: Heard): string {
    if (isResponse(heard)) return 'response_url'
    calls.push(callOf(heard))
    return methodOf(heard)
  }

  function answer(heard: Heard): Reply {
    if (isResponse(heard)) {
      replies.push({ path: heard.url.pathname, body: JSON.parse(heard.body.toString('utf8')) })
      return { status: 200, body: 'ok' }
    }
    const { method, fields } = callOf(heard)
    const { authorization } = heard.headers
    const isKnown = authorization === `Bearer ${token}`
    const refused = { ok: false, error: authorization ? 'invalid_auth' : 'not_authed' }
    const body = JSON.stringify(isKnown ? workspace.call(method, fields) : refused)
    return { status: 200, body, headers: { 'x-oauth-scopes': slack.scopes.join(',') } }
  }

  const door = await emulate({
    ...{ note, answer, refusal: (status) => ({ status, body: 'emulated' }) },
    limited: ({ seconds }) => ({
      status: 429,
      body: '{"ok":false,"error":"ratelimited"}',
      headers: { 'retry-after': String(seconds) },
    }),
  })
  const origin = door.url
  const slack: EmulatedSlack = Object.assign(door, {
    ...{ origin, url: `${origin}/api/`, channel: 'C0NIGHT01', calls, replies, scopes, token, workspace },
    signingSecret: 'signing-secret-of-the-emulated-app',
  })
  return slack
}

const isResponse = ({ url }: Heard): boolean => url.pathname.startsWith('/hooks/')
const methodOf = ({ url }: Heard): string => url.pathname.replace(/^\/api\//, '')

/** Forms, with what is not a string in JSON: as the SDK sends them. */
function callOf(heard: Heard): SlackCall {
  const isForm = heard.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const fields = isForm ? Object.fromEntries(new URLSearchParams(heard.body.toString('utf8'))) : {}
  return { method: methodOf(heard), fields }
}
