import { randomBytes } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { inject } from 'vitest'

/** Whom data APIs speak as: no key of a browser, a signed-in user, the server's key; and everybody. */
export const API_ROLES = ['anon', 'authenticated', 'service_role', 'public'] as const

export interface Dressed {
  /** As `postgres`, who owns the database and is no superuser. */
  adminUrl: string
  superuser: Sql
  drop(): Promise<void>
}

/**
 * An empty database as a new project of Supabase's has it: schemas of the platform's own, and default privileges that give
 * the API's roles whatever `postgres` makes in `public`. `worse`: and everywhere, for whoever made the defaults wider.
 */
export async function dressedDatabase({ worse = false } = {}): Promise<Dressed> {
  const { adminUrl, superUrl } = inject('cluster')
  const name = `s_${randomBytes(6).toString('hex')}`
  const server = postgres(superUrl, { max: 1, onnotice: () => undefined })
  await server.unsafe(`create database ${name} owner postgres`)
  const at = (address: string) => Object.assign(new URL(address), { pathname: `/${name}` }).href
  const superuser = postgres(at(superUrl), { max: 1, onnotice: () => undefined })
  const roles = 'postgres, anon, authenticated, service_role'
  const defaults = (role: string, where: string) =>
    ['tables', 'functions', 'sequences'].map(
      (what) => `alter default privileges for role ${role} ${where} grant all on ${what} to ${roles};`,
    )
  await superuser.unsafe(
    [
      ...['extensions', 'auth', 'storage', 'graphql_public'].map((schema) => `create schema ${schema};`),
      `grant usage on schema public to ${roles};`,
      ...defaults('postgres', 'in schema public'),
      ...defaults('supabase_admin', 'in schema public'),
      ...(worse
        ? [
            ...defaults('postgres', ''),
            `alter default privileges for role postgres grant usage on schemas to ${roles};`,
          ]
        : []),
    ].join('\n'),
  )
  return {
    adminUrl: at(adminUrl),
    superuser,
    async drop() {
      await superuser.end({ timeout: 1 })
      await server.unsafe(`drop database ${name} with (force)`)
      await server.end({ timeout: 1 })
    },
  }
}

/**
 * Everything of schema nightshift that one of the API's roles could reach, in words: the schema, its tables, views, sequences,
 * functions and types, by itself or as everybody; and tables without row-level security.
 */
export async function exposed(sql: Sql): Promise<string[]> {
  const rows = await sql<{ what: string }[]>`
    with things as (
      select 'schema nightshift' as name, nspacl as acl, nspowner as owner, 'n'::"char" as kind from pg_namespace where nspname = 'nightshift'
      union all
      select case c.relkind when 'S' then 'sequence ' when 'v' then 'view ' else 'table ' end || c.relname, c.relacl, c.relowner,
        case c.relkind when 'S' then 's'::"char" else 'r'::"char" end
      from pg_class c where c.relnamespace = 'nightshift'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      union all
      select 'column ' || c.relname || '.' || a.attname, a.attacl, c.relowner, null
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'nightshift'::regnamespace and a.attacl is not null
      union all
      select 'function ' || p.oid::regprocedure, p.proacl, p.proowner, 'f'::"char"
      from pg_proc p where p.pronamespace = 'nightshift'::regnamespace
    ), granted as (
      -- What has no list of its own has the defaults: everybody may execute a function.
      select t.name, t.owner, g.grantee, g.privilege_type from things t,
        lateral aclexplode(coalesce(t.acl, case when t.kind is not null then acldefault(t.kind, t.owner) else '{}'::aclitem[] end)) g
    )
    select name || ' to ' || case grantee when 0 then 'public' else pg_get_userbyid(grantee) end || ': ' || privilege_type as what
    from granted where grantee not in (owner, (select oid from pg_roles where rolname = 'nightshift_app'))
    union all
    select 'table ' || relname || ' has no row-level security' from pg_class
    where relnamespace = 'nightshift'::regnamespace and relkind in ('r', 'p') and not relrowsecurity
    union all
    select 'policy ' || policyname || ' on ' || tablename from pg_policies where schemaname = 'nightshift'
    order by 1`
  return rows.map(({ what }) => what)
}
