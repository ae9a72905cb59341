import { resolve } from 'node:path'
import { type Command, type Exit, parsed, say, Usage } from '../command.ts'
import { given } from '../env.ts'
import { adminAddress } from '../migrate/address.ts'
import { APP_ROLE, allowLogin, mayLogin, migrate as migrateDatabase } from '../migrate.ts'
import { readPassword, typed } from '../password.ts'

const checkout = resolve(import.meta.dirname, '../..')

export const migrate: Command = {
  does: 'brings a database up to date and gives Nightshift its login there; needs no server',
  usage: `migrate [--database-url <address>] [--password-stdin]

  --database-url    as postgres (no superuser is needed); DATABASE_ADMIN_URL says the same, and stands in no list of processes
  --password-stdin  the password ${APP_ROLE} is to have; DATABASE_APP_PASSWORD says the same, and a terminal asks.
                    With none of them it keeps the one it has

DATABASE_CA verifies the server's certificate. Safe to repeat; what the Supabase CLI has pushed is taken for done.`,
  async run(argv): Promise<Exit> {
    const options = { 'database-url': { type: 'string' }, 'password-stdin': { type: 'boolean' } } as const
    const { values } = parsed(argv, options, { least: 0, most: 0 })
    const text = values['database-url'] ?? given('DATABASE_ADMIN_URL')
    if (!text) throw new Usage('Name the database: --database-url, or DATABASE_ADMIN_URL.')
    const address = adminAddress(text, given('DATABASE_CA'))
    const applied = await migrateDatabase(address, resolve(checkout, 'supabase/migrations'))
    const had = await mayLogin(address)
    const password = await appPassword(values['password-stdin'], had)
    if (password === null && !had)
      throw new Error(
        `The database is up to date, but ${APP_ROLE} has no password yet: --password-stdin, DATABASE_APP_PASSWORD, or a terminal.`,
      )
    if (password !== null) await allowLogin(address, password)
    const { kind, appUrl, note } = address
    say(values.json, { applied, password: password === null ? 'kept' : 'set', sql: kind, databaseUrl: appUrl }, [
      applied.length > 0
        ? `Applied ${applied.length} migration${applied.length === 1 ? '' : 's'}, the last one ${applied.at(-1)}.`
        : 'Up to date.',
      password === null ? `${APP_ROLE} keeps its password.` : `${APP_ROLE} logs in with the password that was given.`,
      `SQL=${kind}`,
      `DATABASE_URL=${appUrl}`,
      ...(note ? [note] : []),
    ])
    return 0
  },
}

/** null: none was given. */
async function appPassword(fromStdin: boolean | undefined, had: boolean): Promise<string | null> {
  if (fromStdin) return checked(await readPassword())
  const known = given('DATABASE_APP_PASSWORD')
  if (known) return checked(known)
  if (!process.stdin.isTTY) return null
  const answer = await typed(`Password for ${APP_ROLE}${had ? ' (nothing: as it is)' : ''}: `)
  return answer === '' ? null : checked(answer)
}

/** Long, since a pooler is reached from everywhere; plain, since it stands in an address. */
function checked(password: string): string {
  if (/^[A-Za-z0-9._~-]{16,200}$/.test(password)) return password
  throw new Usage(
    'The password is 16 letters, digits or . _ ~ - at least, so that it can stand in an address as it is.',
  )
}
