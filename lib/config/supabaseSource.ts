import { addressProblem } from './modelRoute.ts'

/** Supabase's Management API, as the reader sees it. */
export interface SupabaseChoice {
  /** Without a path. */
  url: string
  /** Reads logs and advisors, and nothing else; one that can do more is refused when it is first used. */
  token: string
}

/** null where something is missing; what it is goes to `problems`, by its name alone. */
export function parseSupabase(env: Record<string, string | undefined>, problems: string[]): SupabaseChoice | null {
  const [token, url] = [env.SUPABASE_READ_TOKEN?.trim(), env.SUPABASE_API_URL?.trim() || 'https://api.supabase.com']
  const before = problems.length
  if (!token) problems.push('SUPABASE_READ_TOKEN: SOURCES names supabase and needs it')
  else if (/^(?:sb_(?:secret|publishable)_|eyJ)/.test(token))
    problems.push('SUPABASE_READ_TOKEN: a project’s key; take an access token of the Management API (sbp_…)')
  else if (!/^[\x21-\x7e]{8,500}$/.test(token)) problems.push('SUPABASE_READ_TOKEN: not a token')
  const wrong = URL.canParse(url) ? addressProblem(url) : 'not an address'
  if (wrong) problems.push(`SUPABASE_API_URL: ${wrong}`)
  return token && problems.length === before ? { url: url.replace(/\/+$/, ''), token } : null
}
