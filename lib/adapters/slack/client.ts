import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api'
import type { z } from 'zod'
import { Fault } from '../../errors.ts'
import { guardedFetch } from '../http/guardedFetch.ts'

/** Every method that is called, and the scopes a bot needs for it: the manifest asks for these and no others. */
export const SCOPES = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'views.open': [],
  'users.info': ['users:read', 'users:read.email'],
} as const

export interface SlackAccess {
  token: string
  /** With a slash at its end. */
  url: string
}

/** Slack said no, and certainly did nothing. */
export class SlackRefused extends Error {
  readonly error: string
  readonly inMs: number | undefined
  constructor(error: string, inMs?: number) {
    super(`Slack: ${error}`)
    this.error = error
    this.inMs = inMs
  }
}

export type SlackCall = <T>(
  method: keyof typeof SCOPES,
  fields: Record<string, unknown>,
  shape: z.ZodType<T>,
) => Promise<T>

/** Milliseconds for one call. */
const TIMEOUT_MS = 6000
const SILENT = () => undefined

/** Once a process. Every try is ours: what is repeated blindly is sent twice. */
export function slackClient({ token, url }: SlackAccess): SlackCall {
  const client = new WebClient(token, {
    slackApiUrl: url,
    fetch: guardedFetch() as WebClientOptions['fetch'],
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: {
      ...{ debug: SILENT, info: SILENT, warn: SILENT, error: SILENT, setLevel: SILENT, setName: SILENT },
      getLevel: () => LogLevel.ERROR,
    },
  })
  return async (method, fields, shape) => {
    const answer = await client.apiCall(method, fields).catch((error: unknown) => {
      throw explained(method, error)
    })
    const read = shape.safeParse(answer)
    if (!read.success) throw new Fault('CHANNEL_UNREACHABLE', `${method} answered something else than Slack does`)
    return read.data
  }
}

/** Codes that may come after some of the work was done. */
const UNSURE = new Set(['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'])

/** The SDK takes a body that is no JSON for Slack's own word for an error, so only what looks like one is one. */
function explained(method: string, error: unknown): Error {
  if (error instanceof WebAPIRateLimitedError) return new SlackRefused('ratelimited', error.retryAfter * 1000)
  if (error instanceof WebAPIPlatformError) {
    const code = String(error.data.error)
    if (/^[a-z][a-z_]{2,60}$/.test(code) && !UNSURE.has(code)) return new SlackRefused(code)
    return new Fault('CHANNEL_UNREACHABLE', `${method} answered ${UNSURE.has(code) ? code : 'no JSON'}`)
  }
  const how = error instanceof WebAPIHTTPError ? `answered ${error.statusCode}` : 'got no answer'
  return new Fault('CHANNEL_UNREACHABLE', `${method} ${how}`)
}
