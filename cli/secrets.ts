import { randomBytes } from 'node:crypto'
import { chmod, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Made once at first start and never shown, except the owner's password. */
export interface Secrets {
  /** What a person signs in with: four groups of four, 80 bits. */
  ownerPassword: string
  /** Seals the session cookie; 64 characters. */
  sessionSecret: string
  /** Bearer of the agents' doors. */
  cronSecret: string
  /** Bearer of the command line; acts as the owner. */
  controlToken: string
  /** Bearer of the platform's API. */
  platformToken: string
  /** PostgreSQL logins: `nightshift_app`, `postgres`, `supabase_admin`. */
  appPassword: string
  postgresPassword: string
  superuserPassword: string
  /** Seals stored credentials: 32 bytes, in base64. */
  encryptionKey: string
  /** Keys hashes that must not be comparable between installations. */
  salt: string
}

// Without i, l, o and u: nothing that reads like something else.
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

const MAKE: { [name in keyof Secrets]: () => string } = {
  ownerPassword: () => letters(16).replace(/(.{4})(?=.)/g, '$1-'),
  sessionSecret: () => letters(64),
  cronSecret: () => letters(32),
  controlToken: () => letters(32),
  platformToken: () => letters(32),
  appPassword: () => letters(32),
  postgresPassword: () => letters(32),
  superuserPassword: () => letters(32),
  encryptionKey: () => randomBytes(32).toString('base64url'),
  salt: () => letters(32),
}

export const secretsFile = (home: string): string => join(home, 'secrets', 'secrets.json')

/**
 * The installation's secrets; what is missing is made and kept, what is there never changes.
 * Written to a new file that is flushed and then renamed: a first start cut off at any line leaves all or nothing.
 */
export async function loadSecrets(home: string): Promise<Secrets> {
  const file = secretsFile(home)
  const kept = await readKept(file)
  const secrets = Object.fromEntries(Object.entries(MAKE).map(([name, make]) => [name, kept[name] ?? make()]))
  if (Object.keys(secrets).some((name) => kept[name] === undefined)) {
    const fresh = `${file}.${process.pid}.new`
    const handle = await open(fresh, 'w', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(fresh, file)
  }
  await chmod(file, 0o600)
  return secrets as unknown as Secrets
}

async function readKept(file: string): Promise<Record<string, string>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
  try {
    return JSON.parse(text) as Record<string, string>
  } catch {
    // New secrets would lock us out of the database that the old ones open, so a damaged file is never replaced.
    throw new Error(`${file} is damaged. Restore it, or remove the whole state folder to begin anew.`)
  }
}

function letters(count: number): string {
  return Array.from(randomBytes(count), (byte) => LETTERS[byte & 31]).join('')
}
