import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SlackWorkspace } from './slackWorkspace.ts'
import { bodyOf, type Fault, troubled } from './trouble.ts'

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
export interface EmulatedSlack {
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
  faults: Fault[]
  workspace: SlackWorkspace
  close(): Promise<void>
}

/**
 * The methods Nightshift calls, and the limits and refusals of Slack's documentation. What it leaves out: OAuth, direct
 * messages, files, events, and rate limits of its own.
 */
export async function emulateSlack(): Promise<EmulatedSlack> {
  const server = createServer((request, response) => void serve(slack, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const slack: EmulatedSlack = {
    ...{ origin, url: `${origin}/api/`, channel: 'C0NIGHT01', calls: [], replies: [], faults: [] },
    scopes: ['chat:write', 'commands', 'channels:history', 'groups:history'],
    ...{ token: 'xoxb-of-the-emulated-workspace', signingSecret: 'signing-secret-of-the-emulated-app' },
    workspace: new SlackWorkspace(['C0NIGHT01', 'C0OTHER02']),
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return slack
}

async function serve(slack: EmulatedSlack, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await bodyOf(request)
  const path = request.url ?? '/'
  if (path.startsWith('/hooks/'))
    return troubled(slack.faults, 'response_url', response, () => {
      slack.replies.push({ path, body: JSON.parse(text) as Record<string, unknown> })
      return { status: 200, body: 'ok' }
    })
  const method = path.replace(/^\/api\//, '')
  // Forms, with what is not a string in JSON: as the SDK sends them.
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const fields = isForm ? Object.fromEntries(new URLSearchParams(text)) : {}
  slack.calls.push({ method, fields })
  await troubled(slack.faults, method, response, () => {
    const answer =
      request.headers.authorization === `Bearer ${slack.token}`
        ? slack.workspace.call(method, fields)
        : { ok: false, error: request.headers.authorization ? 'invalid_auth' : 'not_authed' }
    return { status: 200, body: JSON.stringify(answer), headers: { 'x-oauth-scopes': slack.scopes.join(',') } }
  })
}
