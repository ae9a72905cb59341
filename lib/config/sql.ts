import { z } from 'zod'
import type { SqlChoice } from '../domain/sqlChoice.ts'
import { tlsOf } from './sqlTls.ts'

type Env = Record<string, string | undefined>

export const SQLS = ['postgres', 'supabase'] as const

const SCHEMA = z.object({
  SQL: z.enum(SQLS).default('postgres'),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: 'not an address such as postgresql://login@host:6543/postgres',
  }),
  /** Connections of one process; a pooler shares the server's few among all of them. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).optional(),
  /** The certificate that vouches for the server, as PEM; line ends may be `\n`. */
  DATABASE_CA: z.string().optional(),
})

/** A server keeps its few; functions are many, each takes few and gives them back soon. */
const ON_A_SERVER = { max: 10, idleSeconds: 60 }
const ON_FUNCTIONS = { max: 3, idleSeconds: 5 }

/** The port of the shared pooler in transaction mode. */
const TRANSACTIONS = '6543'

/** Everything that is missing or malformed at once; the password is in no message. */
export function parseSql(env: Env): { choice: SqlChoice | null; problems: string[] } {
  const given = Object.fromEntries(Object.keys(SCHEMA.shape).map((name) => [name, env[name]?.trim() || undefined]))
  const parsed = SCHEMA.safeParse(given)
  if (!parsed.success)
    return { choice: null, problems: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) }
  const { SQL: kind, DATABASE_URL: text, DATABASE_POOL: pool, DATABASE_CA: pem } = parsed.data
  const url = new URL(text)
  const onFunctions = Boolean(env.VERCEL || env.AWS_LAMBDA_FUNCTION_NAME)
  const problems: string[] = []
  const advice: string[] = []
  const tls = tlsOf(kind, url, pem, problems)
  if (kind === 'supabase') lookAt(url, onFunctions, problems, advice)
  if (kind === 'supabase' && tls === 'require')
    advice.push('the connection is encrypted, but the server not verified: DATABASE_CA takes Supabase’s certificate')
  const room = onFunctions ? ON_FUNCTIONS : ON_A_SERVER
  // What else Supabase's and Vercel's pages put behind the address is for other libraries; a server takes it for settings.
  if (kind === 'supabase') url.search = ''
  else url.searchParams.delete('sslmode')
  const choice = { kind, url: url.href, max: pool ?? room.max, idleSeconds: room.idleSeconds, tls, advice }
  return { choice: problems.length > 0 ? null : choice, problems }
}

const BEST = 'take the transaction pooler’s address, port 6543'

/** Where it leads, as far as the address says; hosts that are not Supabase's (self-hosted) are judged by the port alone. */
function lookAt({ hostname, port, username }: URL, onFunctions: boolean, problems: string[], advice: string[]): void {
  const login = decodeURIComponent(username)
  if (/^postgres(?:\.|$)/.test(login))
    problems.push('DATABASE_URL: postgres is who migrates; Nightshift logs in as nightshift_app')
  if (hostname.endsWith('.pooler.supabase.com') && !/\.[a-z0-9]{20}$/.test(login))
    problems.push('DATABASE_URL: at the shared pooler a login carries its project, as in nightshift_app.<project ref>')
  if (port === TRANSACTIONS) return
  const what = /^db\.[a-z0-9]+\.supabase\.co$/.test(hostname) ? 'a direct connection' : 'session mode'
  const why = `DATABASE_URL: ${what} takes one of the server’s few connections for each of ours`
  if (onFunctions) problems.push(`${why}, and functions are many: ${BEST}`)
  else advice.push(`${why}: ${BEST}`)
}
