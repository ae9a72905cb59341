import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { parseSql } from '../../lib/config/sql.ts'
import type { SqlChoice } from '../../lib/domain/sqlChoice.ts'
import { connect, roleProblem } from '../../lib/store/database.ts'
import { type Command, type Exit, parsed, say, Usage } from '../command.ts'
import { given } from '../env.ts'
import { type AdminAddress, adminAddress } from '../migrate/address.ts'
import { makeOwnerAs } from '../migrate/owner.ts'
import { supabaseRoles } from '../migrate/roles.ts'
import { APP_ROLE, allowLogin, mayLogin, migrate as migrateDatabase } from '../migrate.ts'

const checkout = resolve(import.meta.dirname, '../..')

export const migrate: Command = {
  does: 'sets a database up, or brings it up to date: migrations, the login, the owner; needs no server',
  usage: `migrate

  DATABASE_ADMIN_URL   the database as postgres; no superuser is needed
  DATABASE_URL         what the server uses: its password becomes ${APP_ROLE}’s. Without it a password is made the
                       first time and the whole address printed, once; later the login keeps the one it has
  OWNER_PASSWORD       what the first owner signs in with; one is made and printed, once, where it is not given
  DATABASE_CA          verifies the server’s certificate

Safe to repeat; what the Supabase CLI has pushed is taken for done.`,
  async run(argv): Promise<Exit> {
    const { values } = parsed(argv, {}, { least: 0, most: 0 })
    const text = given('DATABASE_ADMIN_URL')
    if (!text) throw new Usage('Name the database as postgres: DATABASE_ADMIN_URL.')
    const address = adminAddress(text, given('DATABASE_CA'))
    const server = serverLogin(address.kind)
    await supabaseRoles(address)
    const applied = await migrateDatabase(address, resolve(checkout, 'supabase/migrations'))
    const made = server || (await mayLogin(address)) ? null : randomBytes(24).toString('hex')
    const password = server?.password ?? made
    if (password !== null) await allowLogin(address, password)
    if (server) await tried(server.choice)
    const owner = await makeOwnerAs(address, given('OWNER_PASSWORD'))
    const url = made ? address.appUrl.replace('<password>', made) : address.appUrl
    const { kind, note } = address
    say(
      values.json,
      {
        applied,
        ...{ login: APP_ROLE, password: made ? 'made' : server ? 'set' : 'kept', sql: kind },
        ...(server ? {} : { databaseUrl: url }),
        owner: owner.isNew ? 'made' : 'there',
        ...(owner.password ? { ownerPassword: owner.password } : {}),
      },
      [
        applied.length > 0
          ? `Applied ${applied.length} migration${applied.length === 1 ? '' : 's'}, the last one ${applied.at(-1)}.`
          : 'Up to date.',
        server
          ? `${APP_ROLE} logs in with the password of DATABASE_URL.`
          : made
            ? `${APP_ROLE} has a login, shown once. These are the server’s settings:`
            : `${APP_ROLE} keeps its password. The server’s settings look like this:`,
        ...(server ? [] : [`  SQL=${kind}`, `  DATABASE_URL=${url}`, ...(note ? [note] : [])]),
        owner.isNew
          ? `The owner’s password${owner.password ? `, shown once: ${owner.password}` : ' is OWNER_PASSWORD.'}`
          : 'There is an owner already, who keeps their password.',
      ],
    )
    return 0
  },
}

/** What the server will log in with, where somebody chose it. */
function serverLogin(kind: AdminAddress['kind']): { choice: SqlChoice; password: string } | null {
  const text = given('DATABASE_URL')
  if (!text) return null
  const { choice, problems } = parseSql({ SQL: kind, DATABASE_URL: text, DATABASE_CA: given('DATABASE_CA') })
  if (!choice) throw new Usage(problems.join('\n'))
  const { username, password } = new URL(text)
  // Supabase's pooler knows roles by `role.project`.
  if (decodeURIComponent(username).split('.')[0] !== APP_ROLE)
    throw new Usage(`DATABASE_URL: it has to log in as ${APP_ROLE}, which owns nothing.`)
  // Long, since a pooler is reached from everywhere.
  if (decodeURIComponent(password).length < 16)
    throw new Usage('DATABASE_URL: its password has to have at least 16 characters: openssl rand -hex 24.')
  return { choice, password: decodeURIComponent(password) }
}

/** Whether the server will get in, and owns nothing there. */
async function tried(choice: SqlChoice): Promise<void> {
  const sql = connect(choice.url, 1, choice)
  try {
    const problem = await roleProblem(sql)
    if (problem) throw new Error(`DATABASE_URL: the login is not fit: ${problem}.`)
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    throw code ? new Error(`The database is up to date, but DATABASE_URL does not get in there: ${message}`) : error
  } finally {
    await sql.end({ timeout: 5 })
  }
}
