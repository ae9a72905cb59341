import { z } from 'zod'
import type { AuthChoice, SupabaseAuth } from '../domain/authChoice.ts'
import { addressProblem } from './modelRoute.ts'

type Env = Record<string, string | undefined>

/** Settings of people and sign-in, for whoever passes them on to a process of its own. */
export const AUTH_SETTINGS = [
  ...['AUTH', 'AUTH_SUPABASE_URL', 'AUTH_SUPABASE_KEY', 'AUTH_SUPABASE_ISSUER'],
  ...['OWNER_EMAIL', 'SIGNUP', 'AUTH_GITHUB'],
]

const NEEDED = ['AUTH_SUPABASE_URL', 'AUTH_SUPABASE_KEY', 'OWNER_EMAIL']

/** `AUTH=owner` is one person with a password. Everything that is missing or malformed at once. */
export function parseAuth(env: Env): { choice: AuthChoice | null; problems: string[] } {
  const kind = env.AUTH || 'owner'
  if (kind === 'owner') return { choice: { kind }, problems: [] }
  if (kind !== 'supabase') return { choice: null, problems: [`AUTH: ${JSON.stringify(kind)} is not owner or supabase`] }
  const problems = NEEDED.filter((name) => !env[name]).map((name) => `${name}: AUTH=supabase needs it`)
  const choice = supabase(env, problems)
  return { choice: problems.length === 0 ? choice : null, problems }
}

function supabase(env: Env, problems: string[]): SupabaseAuth {
  const url = (env.AUTH_SUPABASE_URL ?? '').replace(/\/+$/, '')
  const wrong = url && addressProblem(url)
  if (wrong) problems.push(`AUTH_SUPABASE_URL: ${wrong}`)
  const key = env.AUTH_SUPABASE_KEY ?? ''
  if (key && isSecret(key))
    problems.push('AUTH_SUPABASE_KEY: this is a secret key, which may do anything; the publishable one is enough')
  const ownerEmail = (env.OWNER_EMAIL ?? '').trim().toLowerCase()
  if (ownerEmail && !z.email().safeParse(ownerEmail).success)
    problems.push(`OWNER_EMAIL: ${JSON.stringify(ownerEmail)} is no address`)
  return {
    ...{ kind: 'supabase', url, key, ownerEmail, issuer: env.AUTH_SUPABASE_ISSUER || `${url}/auth/v1` },
    signup: oneOf(env, 'SIGNUP', ['invitation', 'open'], problems),
    github: oneOf(env, 'AUTH_GITHUB', ['on', 'off'], problems) === 'on',
  }
}

function oneOf<T extends string>(env: Env, name: string, known: readonly [T, T], problems: string[]): T {
  const said = env[name] || known[0]
  const found = known.find((one) => one === said)
  if (!found) problems.push(`${name}: ${JSON.stringify(said)} is not ${known.join(' or ')}`)
  return found ?? known[0]
}

/** Of today's keys by how it begins, of the older ones, which are tokens, by the role in it. */
function isSecret(key: string): boolean {
  if (key.startsWith('sb_secret_')) return true
  const [, body = ''] = key.split('.')
  return /"role"\s*:\s*"service_role"/.test(Buffer.from(body, 'base64url').toString('utf8'))
}
