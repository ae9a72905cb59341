/** Longest header that is read; Sentry's has two links of some 200 characters. */
const HEADER_MAX = 8192

/**
 * Where the next page is, from a `Link` header as Sentry writes it, or null on the last one. `rel="next"` is always there:
 * only `results="true"` says that something is behind it.
 */
export function nextPage(header: string | null): string | null {
  if (header === null || header.length > HEADER_MAX) return null
  for (const link of header.split(/,\s*(?=<)/)) {
    const said = new Map([...link.matchAll(/;\s*(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
    if (said.get('rel') === 'next') return said.get('results') === 'true' ? said.get('cursor') || null : null
  }
  return null
}
