import type { IncomingMessage, ServerResponse } from 'node:http'
import { bytesOf, type Listening, listen } from '../listen.ts'
import { EmulatedProject } from './project.ts'

/**
 * What goes wrong with a call: `before` or `after` its work is done, a limit, an answer that breaks off or never comes, a
 * delay, another body, a redirect, an error told with a 200, logs that do not show yet what came in the last `ms`, or rows in
 * another order than was asked for.
 */
export type Trouble =
  | { kind: 'before' | 'after'; status: number; message?: string }
  | { kind: 'limit'; seconds: number }
  | { kind: 'cut' | 'lost' | 'reordered' }
  | { kind: 'slow' | 'stale'; ms: number }
  | { kind: 'says' | 'errs'; body: string }
  | { kind: 'redirects'; to: string }

/** One trouble for the calls whose `METHOD path` it matches, so many times. */
export interface Fault {
  on: RegExp
  times: number
  what: Trouble
}

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  body: string
  status: number
}

export interface EmulatedSupabase extends Listening {
  project: EmulatedProject
  /** Its tokens and what each may do; `all` is a personal access token. */
  tokens: Record<string, string[] | 'all'>
  log: Call[]
  faults: Fault[]
  /** Calls of a minute. */
  limit: number
  /** What a call changed: nothing that only reads may leave a trace here. */
  changes: string[]
  meanwhile: (call: Call) => void
}

/** What each call takes, any of these, and what its body has to hold before anything happens. */
const CALLS: [RegExp, string[], string?][] = [
  [/^GET \/analytics\/endpoints\/logs$/, ['analytics_logs_read']],
  [/^GET \/advisors\/(?:security|performance)$/, ['advisors_read']],
  [/^POST \/database\/query$/, ['database_read', 'database_write'], 'query'],
  [/^POST \/database\/migrations$/, ['database_migrations_write'], 'query'],
  [/^POST \/api-keys$/, ['api_gateway_keys_write'], 'type'],
  [/^PATCH $/, ['project_admin_write'], 'name'],
]

export const REF = 'abcdefghijklmnopqrst'

/** The part of Supabase's Management API that Nightshift calls, for one project, with its permissions and its habits. */
export async function emulateSupabase(ref = REF): Promise<EmulatedSupabase> {
  const listening = await listen((request, response) => void serve(request, response))
  const supabase: EmulatedSupabase = {
    ...listening,
    project: new EmulatedProject(ref),
    tokens: { sbp_reads_logs_and_advisors: ['analytics_logs_read', 'advisors_read'], sbp_personal_token: 'all' },
    ...{ log: [], faults: [], limit: 120, changes: [], meanwhile: () => undefined },
  }
  let window = { from: 0, calls: 0 }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', 'http://supabase')
    const call: Call = {
      ...{ method: request.method ?? 'GET', path: address.pathname, query: address.searchParams },
      ...{ body: (await bytesOf(request)).toString('utf8'), status: 0 },
    }
    supabase.log.push(call)
    const now = supabase.project.now()
    if (now - window.from >= 60_000) window = { from: now, calls: 0 }
    window.calls += 1
    const fault = supabase.faults.find(({ on, times }) => times > 0 && on.test(`${call.method} ${call.path}`))
    if (fault) fault.times -= 1
    const what = fault?.what
    response.setHeader('date', new Date(now).toUTCString())
    response.setHeader('x-ratelimit-limit', String(supabase.limit))
    response.setHeader('x-ratelimit-remaining', String(Math.max(0, supabase.limit - window.calls)))
    response.setHeader('x-ratelimit-reset', String(Math.ceil((window.from + 60_000 - now) / 1000)))
    const send = (status: number, json: unknown, cut = false) => {
      call.status = status
      const text = typeof json === 'string' ? json : JSON.stringify(json)
      if (!response.destroyed)
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(cut ? text.slice(0, text.length / 2) : text)
    }
    if (what?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, what.ms))
    if (what?.kind === 'before') return send(what.status, { message: what.message ?? 'Internal server error' })
    if (what?.kind === 'redirects') return void response.writeHead(302, { location: what.to }).end()
    if (what?.kind === 'limit') {
      response.setHeader('retry-after', String(what.seconds))
      return send(429, { message: 'ThrottlerException: Too Many Requests' })
    }
    const [status, json] = answer(call, request.headers.authorization, what)
    if (what?.kind === 'lost') return void request.socket.destroy()
    if (what?.kind === 'after') return send(what.status, { message: what.message ?? 'Internal server error' })
    if (what?.kind === 'says') return send(200, what.body)
    if (what?.kind === 'errs') return send(200, { result: null, error: { message: what.body } })
    send(status, json, what?.kind === 'cut')
  }

  /** The limit, the token, the project, what the token may, the body: in that order. */
  function answer(call: Call, authorization: string | undefined, what: Trouble | undefined): [number, unknown] {
    if (window.calls > supabase.limit) return [429, { message: 'ThrottlerException: Too Many Requests' }]
    const may = supabase.tokens[/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '']
    if (!may) return [401, { message: 'Unauthorized' }]
    const below = /^\/v1\/projects\/([^/]+)(.*)$/.exec(call.path)
    if (below?.[1] !== supabase.project.ref) return [404, { message: 'Project not found' }]
    const path = below[2]!
    if (path === '/analytics/endpoints/logs.all') return [410, { message: 'This endpoint has been removed' }]
    const known = CALLS.find(([pattern]) => pattern.test(`${call.method} ${path}`))
    if (!known) return [404, { message: `Cannot ${call.method} ${call.path}` }]
    const [, needs, field] = known
    if (may !== 'all' && !needs.some((one) => may.includes(one)))
      return [403, { message: 'You do not have permission to perform this action' }]
    supabase.meanwhile(call)
    if (field !== undefined) {
      const { [field]: given } = JSON.parse(call.body || '{}') as Record<string, unknown>
      if (given === undefined) return [400, { message: `${field} should not be empty` }]
      supabase.changes.push(`${call.method} ${path}`)
      return [201, {}]
    }
    return read(call, path, what)
  }

  function read({ query }: Call, path: string, what: Trouble | undefined): [number, unknown] {
    const { project } = supabase
    if (path.startsWith('/advisors/')) return [200, { lints: project.lints[path.slice(10) as 'security'] }]
    const upTo = what?.kind === 'stale' ? project.now() - what.ms : Number.POSITIVE_INFINITY
    const told = project.query(
      query.get('sql') ?? '',
      query.get('iso_timestamp_start'),
      query.get('iso_timestamp_end'),
      upTo,
    )
    if ('refused' in told) return [400, { message: told.refused }]
    if ('error' in told) return [200, { result: [], error: { code: 47, message: told.error } }]
    return [200, { result: what?.kind === 'reordered' ? [...told.rows].reverse() : told.rows }]
  }
  return supabase
}
