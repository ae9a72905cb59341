import { type NextRequest, NextResponse } from 'next/server'

/** Pages only: machines that call the API, and files that never change, need no script policy of their own. */
export const config = { matcher: ['/((?!api/|ingest/|_next/static/|icon\\.svg).*)'] }

/**
 * Scripts run only with this request's nonce, which Next reads off the request's policy and puts on its own. Nothing
 * comes from another host, and no page of ours is ever framed.
 */
export function policyWith(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self'`,
    `img-src 'self'`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

export function proxy(request: NextRequest): NextResponse {
  const policy = policyWith(Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64'))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}
