import { accounts, entered } from '@/app/login/entered.ts'
import type { Problem } from '@/app/login/words.ts'
import { NEXT_COOKIE, safeNext } from '@/app/next.ts'
import { jar } from '@/app/session.ts'
import { Fault } from '@/lib/errors.ts'
import type { AccountsAuth, Jar } from '@/lib/world.ts'

export const dynamic = 'force-dynamic'

/** Where a provider sends people back with a code, which counts only in the browser that was sent there. */
export async function GET(request: Request): Promise<Response> {
  const auth = accounts()
  if (!auth) return new Response(null, { status: 404 })
  const own = await jar()
  const problem = await problemOf(own, auth, new URL(request.url).searchParams).catch((error: unknown) => {
    if (error instanceof Fault) return 'unreachable' as const
    throw error
  })
  const waited = own.getAll().find(({ name }) => name === NEXT_COOKIE)?.value
  return onwards(problem === null ? safeNext(waited) : `/login?problem=${problem}`)
}

async function problemOf(own: Jar, auth: AccountsAuth, query: URLSearchParams): Promise<Problem | null> {
  const code = query.get('code')
  if (query.get('error_code') === 'provider_email_needs_verification') return 'unconfirmed'
  if (!code || !/^[\w-]{8,200}$/.test(code)) return 'wrong'
  return entered(own, auth, await auth.byCode(own, code))
}

/**
 * From a page of ours, not by a redirect: what another site began arrives without the session's cookie, which is strict,
 * and the next page would ask to sign in once more.
 */
function onwards(to: string): Response {
  const html = `<!doctype html><html lang="en"><title>Nightshift</title><p><a href="/">Go on</a></p></html>`
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', refresh: `0; url=${to}` }
  return new Response(html, { headers })
}
