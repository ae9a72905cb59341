import type { SourceEvent } from '../domain/source.ts'
import { routeOf } from './route.ts'
import { detailOf, shapeOf, traceInStatement } from './statement.ts'
import type { LogLine } from './supabaseLog.ts'
import { parseFrame } from './v8Stack.ts'

type Body = Record<string, unknown>
type Attributes = LogLine['attributes']

/**
 * A log line as an event in the shape an SDK sends, so that one reader serves all; not redacted. A project of Supabase's is
 * one environment's, and the one that is named in the settings is production's.
 */
export function eventOfLine(line: LogLine, now: number): SourceEvent {
  const { id, source, attributes: a } = line
  const told = (READERS.get(source) ?? logged)(line)
  const trace = traceOf(a)
  const body: Body = {
    ...{ event_id: id, platform: 'other', environment: 'production', level: 'error', tags: { source } },
    ...(trace ? { contexts: { trace: { trace_id: trace } } } : {}),
    ...told,
  }
  return { id, at: new Date(Math.min(Math.floor(line.micros / 1000), now)), issue: null, body }
}

const READERS = new Map<string, (line: LogLine) => Body>([
  ['postgres_logs', database],
  ['edge_logs', (line) => request(line, 'ApiGatewayError')],
  ['function_edge_logs', (line) => request(line, 'EdgeFunctionError')],
  ['auth_logs', auth],
  ['function_logs', printed],
])

const thrown = (type: string, value: string, handled: boolean, frames?: Body[]): Body => ({
  exception: {
    values: [
      { type, value, mechanism: { type: 'supabase', handled }, ...(frames?.length ? { stacktrace: { frames } } : {}) },
    ],
  },
})

/** What a constraint, a cast or a login refused, and a server that was told to stop: rarely a fault by itself. */
const REFUSALS = /^(?:08|22|23|28|P0|57P0[123])/

/** The request that failed because of it is told by whoever served it; the database only reports. */
function database({ message, attributes: a }: LogLine): Body {
  const severity = a['parsed.error_severity'] ?? 'ERROR'
  const code = /^[0-9A-Z]{5}$/.test(a['parsed.sql_state_code'] ?? '') ? a['parsed.sql_state_code']! : ''
  const grave = severity === 'FATAL' || severity === 'PANIC'
  const level = REFUSALS.test(code) ? 'warning' : grave ? 'fatal' : 'error'
  const statement = a['parsed.query']
  return {
    ...{ level, tags: { source: 'postgres_logs', severity, ...(code ? { sqlstate: code } : {}) } },
    ...thrown(`PostgresError${code ? ` ${code}` : ''}`, detailOf(message), level !== 'fatal'),
    extra: {
      ...(statement ? { statement: shapeOf(statement) } : {}),
      ...(a['parsed.detail'] ? { detail: detailOf(a['parsed.detail']) } : {}),
      ...(a['parsed.hint'] ? { hint: a['parsed.hint'].slice(0, 500) } : {}),
    },
  }
}

/** One request that Supabase answered with 5xx; its query may hold values, and is left out. */
function request({ message, attributes: a }: LogLine, type: string): Body {
  const method = (a['request.method'] ?? 'GET').toUpperCase()
  const path = (a['request.path'] ?? pathIn(a['request.url'] ?? message)).replace(/[?#].*$/s, '')
  const status = a['response.status_code'] ?? '5xx'
  const route = routeOf(method, path)
  return {
    ...thrown(type, `${route} was answered with ${status}`, false),
    ...{ transaction: route, request: { method, url: path } },
    extra: { status, ...(a.execution_id ? { execution: a.execution_id } : {}) },
  }
}

const pathIn = (text: string): string => /(?:https?:\/\/[^/\s|]{1,200})?(\/[^\s|?#]{0,1000})/.exec(text)?.[1] ?? '/'

function auth({ message, attributes: a }: LogLine): Body {
  const failed = Number(a.status) >= 500
  const said = a.error ?? a.msg ?? message
  const path = a.path && /^\//.test(a.path) ? a.path : null
  return {
    ...thrown('AuthError', said.slice(0, 2000), !failed),
    ...(path ? { transaction: routeOf(a.method ?? 'POST', `/auth/v1${path}`) } : {}),
    ...(path && failed ? { request: { method: a.method ?? 'POST', url: `/auth/v1${path}` } } : {}),
  }
}

/** Where edge functions lie while they run, and where in the repository. */
const DEPLOYED =
  /^(?:file:\/\/)?(?:\/home\/deno|\/var\/tmp\/sb-compile-edge-runtime|\/repos?)?\/(?:source\/)?(?:supabase\/)?functions\//

/** What a function printed as an error: with its stack, where it printed one. */
function printed({ message, attributes: a }: LogLine): Body {
  const lines = message.split('\n', 100)
  const frames = lines.flatMap((line) => {
    const frame = parseFrame(line)
    return frame?.file ? [frame] : []
  })
  const [, type = 'EdgeFunctionLog', said] =
    /^(?:Uncaught )?([A-Z][\w$]{0,60}(?:Error|Exception)|Error): (.*)$/.exec(lines[0] ?? '') ?? []
  const shown = frames.map(({ file, function: name, line, column }) => ({
    ...{ filename: file!.replace(DEPLOYED, 'supabase/functions/'), function: name, lineno: line, colno: column },
    in_app: DEPLOYED.test(file!),
  }))
  return thrown(type, said ?? lines[0] ?? '', !/uncaught/i.test(a.event_type ?? ''), shown.reverse())
}

const logged = ({ message }: LogLine): Body => ({ logentry: { formatted: message } })

const TRACES = ['trace_id', 'traceId', 'request.headers.traceparent', 'traceparent']

/** The trace a line belongs to, where it says so by itself or in its statement's comment. */
function traceOf(a: Attributes): string | null {
  for (const name of TRACES) {
    const found = /^(?:00-)?([0-9a-f]{32})(?:-[0-9a-f]{16}-[0-9a-f]{2})?$/.exec(a[name] ?? '')?.[1]
    if (found && !/^0+$/.test(found)) return found
  }
  return traceInStatement(a['parsed.query'] ?? '')
}
