import { type NextRequest, NextResponse } from 'next/server'
import { config as settings } from './lib/config.ts'

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

export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = policyWith(nonce, request.nextUrl.pathname === TO_GITHUB ? settings().github.web : '')
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}
