import { z } from 'zod'
import { addressProblem } from './modelRoute.ts'
import { parseSupabase, type SupabaseChoice } from './supabaseSource.ts'

type Env = Record<string, string | undefined>

/** Every setting about Sentry. */
const SENTRY_SETTINGS = ['SENTRY_BASE_URL', 'SENTRY_ORG', 'SENTRY_TOKEN', 'SENTRY_WRITE_TOKEN', 'SENTRY_CLIENT_SECRET']

/** Which services are asked for events. `sdk`, what SDKs send here, is always there. */
export const SOURCES = ['sdk', 'sentry', 'supabase'] as const

/** Sentry, as the reader sees it; the write token is the actor's alone. */
export interface SentryChoice {
  /** Without a path. */
  url: string
  org: string
  /** Reads issues and events: the scopes event:read and project:read. */
  token: string
  /** Resolves and comments, with event:write; null: nothing is told to Sentry. */
  writeToken: string | null
  /** Signs its webhooks. */
  clientSecret: string
}

const Env = z.object({
  SENTRY_BASE_URL: z.url().default('https://us.sentry.io'),
  SENTRY_ORG: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, 'not an organization’s slug'),
  SENTRY_TOKEN: z.string().regex(/^[\x21-\x7e]{8,500}$/, 'not a token'),
  SENTRY_WRITE_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{8,500}$/, 'not a token')
    .optional(),
  SENTRY_CLIENT_SECRET: z.string().min(16, 'shorter than 16 characters'),
})

/** Everything that is missing or malformed at once, by its name alone; nothing of what was not chosen. */
export function parseSources(env: Env): {
  sentry: SentryChoice | null
  supabase: SupabaseChoice | null
  problems: string[]
} {
  const named = (env.SOURCES?.trim() || 'sdk').split(',').map((name) => name.trim())
  const problems = named
    .filter((name) => !(SOURCES as readonly string[]).includes(name))
    .map((name) => `SOURCES: ${JSON.stringify(name)} is none of ${SOURCES.join(', ')}`)
  if (!named.includes('sdk')) problems.push('SOURCES: sdk is always one of them, as in sdk,sentry')
  const supabase = named.includes('supabase') ? parseSupabase(env, problems) : null
  return { ...(named.includes('sentry') ? parseSentry(env, problems) : { sentry: null, problems }), supabase }
}

function parseSentry(env: Env, problems: string[]): { sentry: SentryChoice | null; problems: string[] } {
  // Set to nothing is not set.
  const parsed = Env.safeParse(
    Object.fromEntries(SENTRY_SETTINGS.map((name) => [name, env[name]?.trim() || undefined])),
  )
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0])
    problems.push(env[name]?.trim() ? `${name}: ${issue.message}` : `${name}: SOURCES names sentry and needs it`)
  }
  if (!parsed.success) return { sentry: null, problems }
  const e = parsed.data
  problems.push(...urlProblems(e.SENTRY_BASE_URL))
  if (e.SENTRY_TOKEN.startsWith('sntrys_'))
    problems.push('SENTRY_TOKEN: an organization’s token cannot read issues; take an internal integration’s')
  const sentry: SentryChoice = {
    url: e.SENTRY_BASE_URL.replace(/\/+$/, ''),
    org: e.SENTRY_ORG,
    token: e.SENTRY_TOKEN,
    writeToken: e.SENTRY_WRITE_TOKEN ?? null,
    clientSecret: e.SENTRY_CLIENT_SECRET,
  }
  return { sentry, problems }
}

function urlProblems(text: string): string[] {
  const problem = addressProblem(text)
  if (problem) return [`SENTRY_BASE_URL: ${problem}`]
  const { pathname, search, hash } = new URL(text)
  return pathname === '/' && search === '' && hash === ''
    ? []
    : ['SENTRY_BASE_URL: the address alone, as in https://us.sentry.io, without /api/0']
}
