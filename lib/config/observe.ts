import { z } from 'zod'
import { addressProblem, isHere } from './modelRoute.ts'

type Env = Record<string, string | undefined>

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** How Nightshift itself is watched. */
export interface ObserveChoice {
  logLevel: (typeof LOG_LEVELS)[number]
  /** Where traces of ticks go, by OTLP over HTTP; null: nowhere. */
  traces: { url: string; headers: Record<string, string> } | null
  /** Where Nightshift's own errors go; null: nowhere. Never to itself. */
  sentryDsn: string | null
  /** Which commit of ours this is, where somebody says so. */
  commit: string | null
}

export const OBSERVE_SETTINGS = [
  ...['LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_HEADERS', 'SENTRY_DSN'],
  ...['NIGHTSHIFT_COMMIT', 'VERCEL_GIT_COMMIT_SHA'],
]

const Env = z.object({
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** `name=value`, parted by commas, values percent-encoded, as the specification has it. */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  SENTRY_DSN: z.url().optional(),
  /** Vercel sets the second of the two by itself. */
  NIGHTSHIFT_COMMIT: z.string().optional(),
  VERCEL_GIT_COMMIT_SHA: z.string().optional(),
})

/** Everything that is malformed at once; no message holds a key. `own`: where this server answers. */
export function parseObserve(env: Env, own: string | undefined): { choice: ObserveChoice | null; problems: string[] } {
  const parsed = Env.safeParse(
    Object.fromEntries(OBSERVE_SETTINGS.map((name) => [name, env[name]?.trim() || undefined])),
  )
  if (!parsed.success)
    return { choice: null, problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  const e = parsed.data
  const problems: string[] = []
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, SENTRY_DSN: dsn } = e
  const unfit = endpoint && addressProblem(endpoint)
  if (unfit) problems.push(`OTEL_EXPORTER_OTLP_ENDPOINT: ${unfit}`)
  if (dsn && !/^https?:\/\/\w+@[^/]+\/(?:.*\/)?\d+$/.test(dsn))
    problems.push('SENTRY_DSN: it is as https://<key>@<host>/<number>')
  if (dsn && own && isSameServer(dsn, own))
    problems.push('SENTRY_DSN: it is this server itself, which would repair itself for ever; take another Sentry')
  const headers = headersOf(e.OTEL_EXPORTER_OTLP_HEADERS ?? '')
  if (!headers) problems.push('OTEL_EXPORTER_OTLP_HEADERS: it is name=value, parted by commas')
  const choice = {
    logLevel: e.LOG_LEVEL,
    traces: endpoint ? { url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers: headers ?? {} } : null,
    sentryDsn: dsn ?? null,
    commit: e.NIGHTSHIFT_COMMIT ?? e.VERCEL_GIT_COMMIT_SHA ?? null,
  }
  return { choice: problems.length > 0 ? null : choice, problems }
}

/** The same host, whatever else the addresses say: one server may answer on more than one port. This machine by its port. */
function isSameServer(a: string, b: string): boolean {
  const [left, right] = [new URL(a), URL.parse(b)]
  if (!right) return false
  if (isHere(a) && isHere(b)) return portOf(left) === portOf(right)
  return left.hostname === right.hostname
}

const portOf = ({ protocol, port }: URL): string => port || (protocol === 'https:' ? '443' : '80')

function headersOf(text: string): Record<string, string> | null {
  try {
    const pairs = text.split(',').filter((pair) => pair.trim() !== '')
    const parts = pairs.map((pair) => /^\s*([\w-]+)=(.*)$/.exec(pair))
    if (parts.includes(null)) return null
    return Object.fromEntries(parts.map((part) => [part?.[1] ?? '', decodeURIComponent(part?.[2]?.trim() ?? '')]))
  } catch {
    return null
  }
}
