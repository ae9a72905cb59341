import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'

/**
 * Where Nightshift keeps its state: NIGHTSHIFT_HOME, or a folder named after the checkout (12 hex digits of the
 * SHA-256 of its path), so that two checkouts on one machine never share a database.
 */
export function homeOf(checkout: string, who: { uid: number; userHome: string; chosen?: string | undefined }): string {
  if (who.chosen) return resolve(who.chosen)
  const hash = createHash('sha256').update(resolve(checkout)).digest('hex').slice(0, 12)
  return who.uid === 0 ? `/var/lib/nightshift/${hash}` : join(who.userHome, '.local/state/nightshift', hash)
}

/** Only the owner looks into these. */
const PRIVATE = ['secrets', 'logs', 'repositories'] as const

/**
 * Makes the state folder and its private parts. The folder itself is 0711: other users (PostgreSQL, the sandbox's
 * unprivileged ids) pass through it to the part that is theirs and can list nothing on the way.
 */
export async function makeHome(home: string): Promise<void> {
  const first = await mkdir(home, { recursive: true })
  for (const folder of first ? between(first, home) : [home]) await chmod(folder, 0o711)
  if (process.getuid?.() === 0) {
    const closed = await closedAncestor(home)
    if (closed) {
      throw new Error(
        `The state folder ${home} lies below ${closed}, which is closed to other users, and PostgreSQL and the ` +
          'sandbox run as other users. Choose another with NIGHTSHIFT_HOME=/some/folder.',
      )
    }
  }
  for (const name of PRIVATE) {
    await mkdir(join(home, name), { recursive: true })
    await chmod(join(home, name), 0o700)
  }
}

/** The first folder above `path` that users other than its owner cannot pass through, or null. */
export async function closedAncestor(path: string): Promise<string | null> {
  for (const folder of between('/', dirname(path))) {
    if (((await lstat(folder)).mode & 0o001) === 0) return folder
  }
  return null
}

/** Every folder from `from` down to `to`, both included. */
function between(from: string, to: string): string[] {
  const steps = relative(from, to).split(sep).filter(Boolean)
  return [from, ...steps.map((_, i) => join(from, ...steps.slice(0, i + 1)))]
}
