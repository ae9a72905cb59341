import { type Emulated, emulate, type Heard } from '../service.ts'
import type { Reply, Trouble } from '../trouble.ts'
import { EmulatedProject } from './project.ts'

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  body: string
}

export interface EmulatedSupabase extends Emulated {
  project: EmulatedProject
  /** Its tokens and what each may do; `all` is a personal access token. */
  tokens: Record<string, string[] | 'all'>
  log: Call[]
  /** Calls of a minute. */
  limit: number
  /** What a call changed: nothing that only reads may leave a trace here. */
  changes: string[]
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

type Answer = [status: number, json: unknown]

const TOO_MANY: Answer = [429, { message: 'ThrottlerException: Too Many Requests' }]

/** The part of Supabase's Management API that Nightshift calls, for one project, with its permissions and its habits. */
export async function emulateSupabase(ref = REF): Promise<EmulatedSupabase> {
  let window = { from: 0, calls: 0 }

  function note(heard: Heard): string {
    const call = callOf(heard)
    supabase.log.push(call)
    const now = supabase.project.now()
    if (now - window.from >= 60_000) window = { from: now, calls: 0 }
    window.calls += 1
    return `${call.method} ${call.path}`
  }

  /** Every answer tells the time and what is left of the limit. */
  function told([status, json]: Answer): Reply {
    const now = supabase.project.now()
    return {
      ...{ status, body: JSON.stringify(json) },
      headers: {
        date: new Date(now).toUTCString(),
        'x-ratelimit-limit': String(supabase.limit),
        'x-ratelimit-remaining': String(Math.max(0, supabase.limit - window.calls)),
        'x-ratelimit-reset': String(Math.ceil((window.from + 60_000 - now) / 1000)),
      },
    }
  }

  /** The limit, the token, the project, what the token may, the body: in that order. */
  function answerTo(call: Call, authorization: string | undefined, trouble: Trouble | null): Answer {
    if (window.calls > supabase.limit) return TOO_MANY
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
    if (field === undefined) return read(supabase.project, path, call.query, trouble)
    const { [field]: given } = JSON.parse(call.body || '{}') as Record<string, unknown>
    if (given === undefined) return [400, { message: `${field} should not be empty` }]
    supabase.changes.push(`${call.method} ${path}`)
    return [201, {}]
  }

  const door = await emulate({
    note,
    answer: (heard, trouble) => told(answerTo(callOf(heard), heard.headers.authorization, trouble)),
    refusal: (status, message) => told([status, { message }]),
    limited({ seconds }) {
      const { headers, ...reply } = told(TOO_MANY)
      return { ...reply, headers: { ...headers, 'retry-after': String(seconds) } }
    },
  })
  const supabase: EmulatedSupabase = Object.assign(door, {
    project: new EmulatedProject(ref),
    tokens: {
      sbp_reads_logs_and_advisors: ['analytics_logs_read', 'advisors_read'],
      sbp_personal_token: 'all' as const,
    },
    ...{ log: [], limit: 120, changes: [] },
  })
  return supabase
}

const callOf = ({ method, url, body }: Heard): Call => ({
  ...{ method, path: url.pathname, query: url.searchParams, body: body.toString('utf8') },
})

/** Logs or an advisor's findings. An error of the query itself is told with a 200. */
function read(project: EmulatedProject, path: string, query: URLSearchParams, trouble: Trouble | null): Answer {
  if (path.startsWith('/advisors/')) return [200, { lints: project.lints[path.slice(10) as 'security'] }]
  const upTo = trouble?.kind === 'stale' ? project.now() - trouble.ms! : Number.POSITIVE_INFINITY
  const [from, until] = [query.get('iso_timestamp_start'), query.get('iso_timestamp_end')]
  const told = project.query(query.get('sql') ?? '', from, until, upTo)
  if ('refused' in told) return [400, { message: told.refused }]
  if ('error' in told) return [200, { result: [], error: { code: 47, message: told.error } }]
  return [200, { result: project.isReversed ? [...told.rows].reverse() : told.rows }]
}
