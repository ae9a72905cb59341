import { X509Certificate } from 'node:crypto'
import type { SqlChoice } from '../domain/sqlChoice.ts'

type Tls = SqlChoice['tls']

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

/** What the address and the certificate ask for; Supabase is reached with TLS or not at all. */
export function tlsOf(kind: SqlChoice['kind'], url: URL, pem: string | undefined, problems: string[]): Tls {
  const mode = url.searchParams.get('sslmode') ?? (kind === 'supabase' ? 'require' : null)
  if (mode !== null && !MODES.includes(mode)) problems.push(`DATABASE_URL: sslmode is none of ${MODES.join(', ')}`)
  const strict = mode === 'require' || mode?.startsWith('verify-')
  if (kind === 'supabase' && !strict)
    problems.push('DATABASE_URL: Supabase is reached with TLS; sslmode=require at least')
  if (pem !== undefined) {
    const ca = certificate(pem)
    if (ca !== null) return { ca }
    problems.push('DATABASE_CA: it is no certificate in PEM')
  } else if (mode?.startsWith('verify-'))
    problems.push(`DATABASE_CA: sslmode=${mode} needs the certificate to verify by`)
  return strict ? 'require' : false
}

function certificate(pem: string): string | null {
  const text = pem.replaceAll('\\n', '\n')
  try {
    new X509Certificate(text)
    return text
  } catch {
    return null
  }
}
