/**
 * The public key of a Sentry-compatible request. It may stand in the query (`sentry_key`), in `X-Sentry-Auth` or in
 * `Authorization: Sentry …`, or in the envelope's `dsn`; where several are given they must agree.
 */
export function ingestKeys(given: { query: string | null; headers: (string | null)[]; dsn: string | null }): string[] {
  const keys = [given.query, ...given.headers.map(keyOfHeader), keyOfDsn(given.dsn)]
  return [...new Set(keys.filter((key) => key !== null))]
}

function keyOfHeader(header: string | null): string | null {
  if (!header || !/^sentry /i.test(header)) return null
  for (const part of header.slice(7).split(',')) {
    const [name = '', value = ''] = part.split('=', 2)
    if (name.trim().toLowerCase() === 'sentry_key') return value.trim()
  }
  return null
}

function keyOfDsn(dsn: string | null): string | null {
  if (!dsn) return null
  try {
    return new URL(dsn).username || null
  } catch {
    return null
  }
}
