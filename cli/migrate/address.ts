import { tlsOf } from '../../lib/config/sqlTls.ts'
import type { SqlChoice } from '../../lib/domain/sqlChoice.ts'
import { Usage } from '../command.ts'
import { APP_ROLE } from '../migrate.ts'

export interface AdminAddress {
  kind: SqlChoice['kind']
  url: string
  tls: SqlChoice['tls']
  /** What Nightshift's own DATABASE_URL looks like: the password, and what this address does not tell, are left open. */
  appUrl: string
  /** What nobody but Supabase can say about it. */
  note: string | null
}

/** Where a database is, as whom, and with which TLS; throws `Usage` with words, which never hold the password. */
export function adminAddress(text: string, ca: string | undefined, name = 'DATABASE_ADMIN_URL'): AdminAddress {
  const url = URL.parse(text)
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname)
    throw new Usage(`${name}: no address of a database, such as postgresql://postgres:…@host:5432/postgres.`)
  const kind = /\.supabase\.(?:co|com)$/.test(url.hostname) || projectIn(url) ? 'supabase' : 'postgres'
  const problems: string[] = []
  const tls = tlsOf(kind, url, ca, problems)
  if (problems.length > 0) throw new Usage(problems.map((line) => line.replace(/^DATABASE_URL/, name)).join('\n'))
  const plain = new URL(url)
  plain.search = ''
  return { kind, url: plain.href, tls, ...appAddress(url, kind, tls) }
}

/** A shared pooler of Supabase's, also of one's own, knows logins by their project. */
const projectIn = (url: URL): string | null =>
  /^(?:postgres|nightshift_app)\.([\w-]+)$/.exec(decodeURIComponent(url.username))?.[1] ?? null

const DIRECT = /^db\.([a-z0-9]+)\.supabase\.co$/

/** The shared pooler on port 6543, with the project in the login, as Supabase's pages give it for `postgres`. */
function appAddress(
  url: URL,
  kind: AdminAddress['kind'],
  tls: SqlChoice['tls'],
): Pick<AdminAddress, 'appUrl' | 'note'> {
  const login = (name: string, host: string, mode: string) =>
    `postgresql://${name}:<password>@${host}${url.pathname === '/' ? '/postgres' : url.pathname}${mode}`
  const mode = typeof tls === 'object' ? '?sslmode=verify-full' : tls ? '?sslmode=require' : ''
  if (kind === 'postgres') return { appUrl: login(APP_ROLE, url.host, mode), note: null }
  const direct = DIRECT.exec(url.hostname)
  if (direct)
    return {
      appUrl: login(`${APP_ROLE}.${direct[1]}`, '<transaction pooler>:6543', mode),
      note: 'The transaction pooler’s host stands in the project’s page under Connect; it is not part of this address.',
    }
  const ref = projectIn(url)
  return { appUrl: login(ref ? `${APP_ROLE}.${ref}` : APP_ROLE, `${url.hostname}:6543`, mode), note: null }
}
