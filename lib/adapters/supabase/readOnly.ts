import type { SupabaseApi } from './api.ts'
import { SupabaseTrouble } from './trouble.ts'

/**
 * Whether a token can only read. No call says what a token may do, so it is tried: calls that only who may write gets past,
 * each with an empty body, which lacks what the call demands. Who may not is refused with 403 before the body is looked at;
 * who may is told 400, and nothing has happened. The first also lets through who may read the database's data, which
 * reading logs does not take. Anything but a 403 counts against the token: what cannot be told is not believed.
 */
const WRITES: { method: string; path: string; means: string }[] = [
  { method: 'POST', path: '/database/query', means: 'run SQL in the database' },
  { method: 'POST', path: '/database/migrations', means: 'apply migrations' },
  { method: 'POST', path: '/api-keys', means: 'make keys' },
  { method: 'PATCH', path: '', means: 'change the project' },
]

/** Resolves for a token that can only read; throws the trouble that keeps it from being used. */
export async function demandReadOnly(api: SupabaseApi): Promise<void> {
  const may: string[] = []
  for (const { method, path, means } of WRITES) {
    const status = await api.status(method, path)
    if (status === 401 || status === 404) throw refusedAs(status)
    if (status >= 500) throw unknown(status)
    if (status !== 403) may.push(means)
  }
  if (may.length > 0)
    throw new SupabaseTrouble({
      state: 'writable',
      why: `the token may ${may.join(', ')}: Nightshift reads with a token that may read logs and advisors alone (analytics_logs_read, advisors_read)`,
      again: null,
    })
}

const refusedAs = (status: 401 | 404) =>
  new SupabaseTrouble(
    status === 401
      ? { state: 'unauthorized', why: 'Supabase does not know the token, or not any more', again: null }
      : { state: 'missing', why: 'Supabase knows no such project, or the token is not for it', again: null },
  )

const unknown = (status: number) =>
  new SupabaseTrouble({
    ...{ state: 'unreachable', again: null },
    why: `whether the token can only read could not be told: Supabase answered with ${status}`,
  })
