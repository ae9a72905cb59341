import postgres, { type Sql } from 'postgres'
import type { SqlChoice } from '../domain/sqlChoice.ts'

/**
 * One pool a process. `prepare: false` so that the same code runs through a transaction pooler; bigints are counters
 * and sequence numbers below 2^53, so they become numbers; columns arrive in camel case.
 */
export function connect(url: string, max = 10, how?: Pick<SqlChoice, 'idleSeconds' | 'tls'>): Sql {
  const sql = postgres(url, {
    max,
    prepare: false,
    idle_timeout: how?.idleSeconds ?? 60,
    ...(how?.tls ? { ssl: how.tls } : {}),
    connect_timeout: 10,
    // The driver's own pauses grow to twenty seconds: a database that is back would go on looking gone.
    backoff: (retries) => Math.min(1, 0.05 * 2 ** retries),
    onnotice: () => undefined,
    connection: { application_name: 'nightshift', search_path: 'nightshift' },
    transform: { column: { from: postgres.toCamel } },
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
  }) as unknown as Sql
  return oneAtATime(sql)
}

/**
 * The driver sends a query behind one that is under way, where that one has no parameters. A pooler in transaction mode gives the
 * server away at the end of the first, and what came behind it is never answered: pgbouncer as well as Supavisor
 * (github.com/porsager/postgres/issues/970). `max_pipeline: 0` would end it, and transactions with it; so each query says of its
 * connection that it takes no other.
 */
function oneAtATime(sql: Sql): Sql {
  const full = () => false
  return new Proxy(sql, {
    apply(target, self, args) {
      const made: { options?: { onexecute?: () => boolean } } = Reflect.apply(target, self, args)
      if (made.options) made.options.onexecute ??= full
      return made
    },
    get(target, name, self) {
      if (name !== 'begin') return Reflect.get(target, name, self)
      // With what is to be said of the transaction before it, or without.
      return (...args: [...options: string[], work: (tx: Sql) => unknown]) => {
        const work = args.at(-1) as (tx: Sql) => unknown
        return target.begin(args.slice(0, -1).join(' '), (tx) => work(oneAtATime(tx as unknown as Sql)))
      }
    },
  })
}

/** Why this login may not be used, or null. The app must own nothing: an owner could rewrite the audit. */
export async function roleProblem(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ role: string; superuser: boolean; makes: boolean; owns: number; member: boolean }[]>`
    select current_user as role, r.rolsuper as superuser, r.rolcreaterole as makes,
      (select count(*)::int from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid
         and d.deptype = 'o' and d.dbid in (0, (select oid from pg_database where datname = current_database()))
         and not (d.classid = 'pg_class'::regclass and d.objid in
           (select c.oid from pg_class c where c.relpersistence = 't'))) as owns,
      pg_has_role(current_user, 'nightshift_owner', 'member') as member
    from pg_roles r where r.rolname = current_user`
  if (!row) return 'the database did not say who we are'
  if (row.superuser) return `role ${row.role} is a superuser`
  if (row.owns > 0) return `role ${row.role} owns ${row.owns} ${row.owns === 1 ? 'thing' : 'things'} in the database`
  if (row.member) return `role ${row.role} may become nightshift_owner`
  if (row.makes) return `role ${row.role} may make roles`
  return null
}
