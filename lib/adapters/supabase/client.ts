import { createServerClient } from '@supabase/ssr'
import { createClient, isAuthError, isAuthRetryableFetchError } from '@supabase/supabase-js'
import type { SupabaseAuth } from '../../domain/authChoice.ts'
import { Fault } from '../../errors.ts'
import type { Jar } from '../../world.ts'

type Place = Pick<SupabaseAuth, 'url' | 'key'>

/** Milliseconds for one call, so that nobody waits for it before a page for ever. */
const PATIENCE = 8000

/** Seconds: a week of nights; the token in it is renewed every hour. */
const TTL = 7 * 86_400

const timed: typeof fetch = (input, init) =>
  fetch(input, { ...init, redirect: 'error', signal: init?.signal ?? AbortSignal.timeout(PATIENCE) })

/**
 * The session of one request, in cookies no script can read: instances serve many at once, so no client outlives its request.
 * Strict like our own cookie, but for what waits for a provider to send the browser back.
 */
export function clientFor({ url, key }: Place, secure: boolean, jar: Jar) {
  return createServerClient(url, key, {
    cookieOptions: { name: secure ? '__Host-nightshift-auth' : 'nightshift-auth' },
    cookies: {
      // Who somebody is is in the token; what else the service knows of them is nobody's here.
      encode: 'tokens-only',
      getAll: () => jar.getAll(),
      setAll: (cookies) => {
        for (const { name, value, options } of cookies) {
          const verifier = name.includes('-code-verifier')
          const maxAge = options.maxAge === 0 ? 0 : verifier ? 600 : TTL
          jar.set(name, value, { httpOnly: true, sameSite: verifier ? 'lax' : 'strict', secure, path: '/', maxAge })
        }
      },
    },
    global: { fetch: timed },
  })
}

/** One that keeps nothing: for proving a password, and for mails that are opened anywhere. */
export const passing = ({ url, key }: Place) =>
  createClient(url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    global: { fetch: timed },
  })

/** What the service means by an error; one that did not answer is no answer. */
export function meaning(error: unknown): 'wrong' | 'unconfirmed' | 'limited' | 'weak' {
  if (!isAuthError(error) || isAuthRetryableFetchError(error) || (error.status ?? 0) >= 500)
    throw new Fault('SIGN_IN_UNREACHABLE', error instanceof Error ? error.message.slice(0, 200) : '')
  if (error.status === 429) return 'limited'
  if (error.code === 'email_not_confirmed') return 'unconfirmed'
  return error.code === 'weak_password' ? 'weak' : 'wrong'
}

/** Whether addresses are verified there before their owners are let in. Whatever is not said clearly is no. */
export async function verifiesAddresses({ url, key }: Place): Promise<boolean> {
  const answer = await timed(`${url}/auth/v1/settings`, { headers: { apikey: key } }).catch(() => null)
  const settings: unknown = answer?.ok ? await answer.json().catch(() => null) : null
  return typeof settings === 'object' && settings !== null && Reflect.get(settings, 'mailer_autoconfirm') === false
}
