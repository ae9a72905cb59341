/** Where somebody goes after signing in. */
export const BOARD = '/dashboard/agent-control'

/** Where to go after a provider has sent somebody back. */
export const NEXT_COOKIE = 'nightshift-next'

/** A page's own address, which pages are not told: proxy.ts sets it over whatever a browser said. */
export const PATH_HEADER = 'nightshift-path'

/** A page of the control room, or the board: an address from outside never leads anywhere else. */
export function safeNext(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 500) return BOARD
  const here = 'http://here.invalid'
  const url = URL.parse(wanted, here)
  // Read as a browser reads it, so that `//`, backslashes, tabs and dots have had their effect.
  if (!wanted.startsWith('/') || url?.origin !== here || !/^\/dashboard(?:\/|$)/.test(url.pathname)) return BOARD
  return `${url.pathname}${url.search}`
}

/** The sign-in page, which leads back to where somebody was going. */
export function toLogin(path: string | null): string {
  const next = safeNext(path)
  return next === BOARD ? '/login' : `/login?next=${encodeURIComponent(next)}`
}
