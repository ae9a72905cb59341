import { type NextRequest, NextResponse } from 'next/server'
import { PATH_HEADER } from './app/next.ts'
import { config as settings } from './lib/config.ts'
import type { CookieWish } from './lib/world.ts'

/** Pages only: machines that call the API, and files that never change, need no script policy of their own. */
export const config = { matcher: ['/((?!api/|ingest/|_next/static/|icon\\.svg).*)'] }

/**
 * Scripts run only with this request's nonce, which Next reads off the request's policy and puts on its own. Nothing
 * comes from another host, and no page of ours is ever framed.
 */
export function policyWith(nonce: string, formTo = ''): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `form-action 'self'${formTo && ` ${formTo}`}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

/** The one page with a form that goes elsewhere: an App's manifest, to GitHub. */
const TO_GITHUB = '/dashboard/agent-control/connect/github'

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const renewed = await renew(request)
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = policyWith(nonce, request.nextUrl.pathname === TO_GITHUB ? settings().github.web : '')
  // With the cookies that were renewed, so that the page reads what the browser is about to have.
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  for (const { name, value, wish } of renewed) response.cookies.set(name, value, wish)
  if (renewed.length > 0) response.headers.set('cache-control', 'private, no-store')
  return response
}

/**
 * Renews a session that is about to run out, which a page that is being rendered cannot. Decides nothing: pages and doors
 * ask for themselves who somebody is.
 */
async function renew({ cookies }: NextRequest) {
  const renewed: { name: string; value: string; wish: CookieWish }[] = []
  // Another name than the owner's cookie has, so that with a password alone nothing is looked up.
  if (!cookies.getAll().some(({ name }) => name.includes('nightshift-auth'))) return renewed
  const { world } = await import('./app/world.ts')
  await world().auth.refresh({
    getAll: () => cookies.getAll(),
    set(name, value, wish) {
      if (wish.maxAge === 0) cookies.delete(name)
      else cookies.set(name, value)
      renewed.push({ name, value, wish })
    },
  })
  return renewed
}
