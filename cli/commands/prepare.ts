import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { makeOwner } from '../../lib/actions/signIn.ts'
import { connect, roleProblem } from '../../lib/store/database.ts'
import { owner } from '../../lib/store/people.ts'
import { type Command, parsed, say, Usage } from '../command.ts'
import { given } from '../env.ts'
import { APP_ROLE, allowLogin, migrate } from '../migrate.ts'

/** Prepares a database that others host. Everything in it may be done again: it finds what is there. */
export const prepare: Command = {
  does: 'prepares a hosted database: migrations, the login, the owner',
  usage:
    'prepare\n\n  DATABASE_ADMIN_URL   the database as its owner (postgres), not through a transaction pooler\n' +
    '  DATABASE_URL         what the server will use: its password becomes nightshift_app’s\n' +
    '  OWNER_PASSWORD       of whoever signs in first; one is made and printed where it is not given',
  async run(argv) {
    const { values } = parsed(argv, {}, { least: 0, most: 0 })
    const [admin, own] = [needed('DATABASE_ADMIN_URL'), needed('DATABASE_URL')]
    const login = new URL(own)
    // Supabase's pooler knows roles by `role.project`.
    if (decodeURIComponent(login.username).split('.')[0] !== APP_ROLE)
      throw new Usage(`DATABASE_URL: it has to log in as ${APP_ROLE}, which owns nothing.`)
    if (login.password.length < 16) throw new Usage('DATABASE_URL: its password has to have at least 16 characters.')
    await otherRoles(admin)
    const applied = await migrate(admin, join(resolve(import.meta.dirname, '../..'), 'supabase/migrations'))
    await allowLogin(admin, decodeURIComponent(login.password))
    const chosen = given('OWNER_PASSWORD')
    const password = chosen ?? randomBytes(15).toString('base64url')
    let isNew = true
    const sql = connect(own, 1)
    try {
      const problem = await roleProblem(sql)
      if (problem) throw new Error(`The login is not fit: ${problem}.`)
      isNew = (await owner(sql)) === null
      await makeOwner(sql, 'Owner', password)
    } finally {
      await sql.end({ timeout: 5 })
    }
    const told = isNew && !chosen ? password : null
    say(
      values.json,
      { applied, login: APP_ROLE, owner: isNew ? 'made' : 'there', ...(told ? { ownerPassword: told } : {}) },
      [
        `${applied.length} migrations applied; ${APP_ROLE} may log in.`,
        isNew
          ? `The owner signs in with ${told ?? 'OWNER_PASSWORD'}`
          : 'There is an owner already, whose password stays.',
      ],
    )
    return 0
  },
}

function needed(name: 'DATABASE_ADMIN_URL' | 'DATABASE_URL'): string {
  const value = given(name)
  if (!value || !URL.canParse(value))
    throw new Usage(`${name}: it is needed, as postgres://role:password@host:port/database`)
  return value
}

/** What migrations name and Supabase has: no login of theirs is made. */
async function otherRoles(admin: string): Promise<void> {
  const sql = postgres(admin, { max: 1, prepare: false, onnotice: () => undefined, connect_timeout: 30 })
  try {
    await sql.unsafe(`do $$ declare name text; begin
      foreach name in array array['anon', 'authenticated', 'service_role'] loop
        if not exists (select from pg_roles where rolname = name) then execute format('create role %I nologin noinherit', name); end if;
      end loop;
    end $$`)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
