import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** User and group a program of PostgreSQL runs as; empty for the user we are. */
export type Account = { uid: number; gid: number } | Record<string, never>

/** PostgreSQL refuses root, so root lends it the system user `postgres`, made where it is missing. */
export async function postgresAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const found = await lookUp()
  if (found) return found
  await run('groupadd', ['--system', '--force', 'postgres'])
  await run('useradd', [
    '--system',
    '--gid',
    'postgres',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ])
  const made = await lookUp()
  if (!made) throw new Error('PostgreSQL needs a system user of its own, and `useradd postgres` did not make one.')
  return made
}

async function lookUp(): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
    )
    return uid && gid ? { uid, gid } : null
  } catch {
    return null
  }
}
