import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerTo, scopesFor } from './sentryRoutes.ts'
import { SentryStore } from './sentryStore.ts'
import { type Answer, type Call, no, type Scope } from './sentryTypes.ts'

/**
 * What goes wrong with a call: `before` or `after` its work is done, a limit, an answer that breaks off or never comes, a
 * delay, another body, a redirect, or lists that do not show yet what came in the last `ms`.
 */
export type Trouble =
  | { kind: 'before' | 'after'; status: number; detail?: string }
  | { kind: 'limit'; seconds: number }
  | { kind: 'cut' | 'lost' }
  | { kind: 'slow'; ms: number }
  | { kind: 'says'; body: string }
  | { kind: 'redirects'; to: string }
  | { kind: 'stale'; ms: number }

/** One trouble for the calls whose `METHOD path` it matches, so many times. */
export interface Fault {
  on: RegExp
  times: number
  what: Trouble
}

export interface EmulatedSentry {
  url: string
  org: string
  store: SentryStore
  /** Its tokens and what each may do. */
  tokens: Record<string, Scope[]>
  /** Every call in order, as it arrived. */
  log: Call[]
  faults: Fault[]
  /** Calls a window, the window, and calls at once. */
  limits: { calls: number; windowMs: number; atOnce: number }
  /** The most calls that were under way together. */
  atOnce: number
  /** What pages are cut to. */
  pageSize: number
  /** Called before each answer is made: the world goes on while somebody turns pages. */
  meanwhile: (call: Call) => void
  close(): Promise<void>
}

/** The part of Sentry's API that Nightshift calls, for one organization, with its state and its habits. */
export async function emulateSentry(org = 'acme'): Promise<EmulatedSentry> {
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sentry: EmulatedSentry = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ org, store: new SentryStore(), log: [], faults: [], atOnce: 0, pageSize: 100, meanwhile: () => undefined },
    tokens: {
      'reader-token-of-acme': ['event:read', 'project:read', 'org:read'],
      'writer-token-of-acme': ['event:read', 'event:write', 'project:read'],
    },
    limits: { calls: 1000, windowMs: 60_000, atOnce: 10 },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  let window = { from: 0, calls: 0 }
  let under = 0

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    under += 1
    sentry.atOnce = Math.max(sentry.atOnce, under)
    response.on('close', () => (under -= 1))
    const call = await callOf(request)
    sentry.log.push(call)
    const what = faultFor(call)
    const now = sentry.store.now()
    if (now - window.from >= sentry.limits.windowMs) window = { from: now, calls: 0 }
    window.calls += 1
    const reset = Math.ceil((window.from + sentry.limits.windowMs) / 1000)
    response.setHeader('date', new Date(now).toUTCString())
    for (const [name, value] of Object.entries({
      limit: sentry.limits.calls,
      remaining: Math.max(0, sentry.limits.calls - window.calls),
      reset,
      concurrentlimit: sentry.limits.atOnce,
      concurrentremaining: Math.max(0, sentry.limits.atOnce - under),
    }))
      response.setHeader(`x-sentry-rate-limit-${name}`, String(value))
    if (what?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, what.ms))
    if (what?.kind === 'before') return send(response, no(what.status, what.detail ?? 'Internal Error'))
    if (what?.kind === 'redirects') return send(response, { status: 302, headers: { location: what.to } })
    if (what?.kind === 'limit') {
      response.setHeader('x-sentry-rate-limit-reset', String(Math.floor(now / 1000) + what.seconds))
      return send(response, no(429, 'You are attempting to use this endpoint too frequently.'))
    }
    const answer = refusalOf(call, request) ?? worked(call, what)
    if (what?.kind === 'lost') return void request.socket.destroy()
    if (what?.kind === 'after') return send(response, no(what.status, what.detail ?? 'Internal Error'))
    if (what?.kind === 'says')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(what.body)
    send(response, answer, what?.kind === 'cut')
  }

  function faultFor({ method, path }: Call): Trouble | undefined {
    const fault = sentry.faults.find(({ on, times }) => times > 0 && on.test(`${method} ${path}`))
    if (fault) fault.times -= 1
    return fault?.what
  }

  function worked(call: Call, what: Trouble | undefined): Answer {
    sentry.meanwhile(call)
    const upTo = what?.kind === 'stale' ? sentry.store.now() - what.ms : Number.POSITIVE_INFINITY
    try {
      return answerTo({ store: sentry.store, org, most: sentry.pageSize, url: sentry.url, upTo }, call)
    } catch (error) {
      return no(500, String(error))
    }
  }

  /** Limits, the missing slash, the token and its scopes, in that order. */
  function refusalOf(call: Call, request: IncomingMessage): Answer | null {
    if (under > sentry.limits.atOnce) return no(429, 'You are attempting to go above the allowed concurrency.')
    if (window.calls > sentry.limits.calls) return no(429, 'You are attempting to use this endpoint too frequently.')
    // As a framework does it: whoever follows asks by GET, and the body is lost.
    if (!call.path.endsWith('/'))
      return { status: 301, headers: { location: `${new URL(request.url!, sentry.url).pathname}/` } }
    const scopes = sentry.tokens[/^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '']
    if (!call.headers.authorization) return no(401, 'Authentication credentials were not provided.')
    if (!scopes) return no(401, 'Invalid token')
    if (!scopesFor(call).some((scope) => scopes.includes(scope)))
      return no(403, 'You do not have permission to perform this action.')
    return null
  }
  return sentry
}

async function callOf(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const url = new URL(request.url ?? '/', 'http://sentry')
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/api\/0/, ''),
    query: url.searchParams,
    body: text.startsWith('{') ? JSON.parse(text) : {},
    headers: request.headers as Record<string, string>,
  }
}

/** `cut`: half of it arrives. */
function send(response: ServerResponse, { status, json, headers = {} }: Answer, cut = false): void {
  if (response.destroyed) return
  const body = Buffer.from(json === undefined ? '' : JSON.stringify(json))
  const shown = cut ? body.subarray(0, Math.floor(body.length / 2)) : body
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(shown)
}
