import { execFile } from 'node:child_process'
import { access, chmod, chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exactly } from '../env.ts'
import type { Account } from './account.ts'

const run = promisify(execFile)

/**
 * The data folder of this major version, made where it is missing: UTF-8 with the built-in C.UTF-8 locale (the same
 * order on every machine), checksums, passwords as SCRAM over TCP and no other way in. It is made under another name
 * and renamed, so that an interrupted first start begins again.
 */
export async function makeCluster(
  folder: string,
  binaries: { root: string; major: string },
  account: Account,
  superuserPassword: string,
): Promise<string> {
  const data = join(folder, `data-${binaries.major}`)
  if (await exists(join(data, 'PG_VERSION'))) return data
  const fresh = join(folder, 'data.new')
  const passwordFile = join(folder, 'password.new')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await writeFile(passwordFile, `${superuserPassword}\n`, { mode: 0o600 })
  try {
    await chmod(fresh, 0o700)
    if (account.uid !== undefined) {
      for (const path of [fresh, passwordFile]) await chown(path, account.uid, account.gid)
    }
    const flags = ['--username=supabase_admin', '--auth-host=scram-sha-256', '--auth-local=reject', '--encoding=UTF8']
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--data-checksums']
    const argv = [`--pgdata=${fresh}`, `--pwfile=${passwordFile}`, ...flags, ...locale]
    await run(join(binaries.root, 'bin/initdb'), argv, {
      ...account,
      cwd: '/',
      env: exactly({ PATH: '/usr/bin:/bin', LC_ALL: 'C' }),
    })
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    throw new Error(`PostgreSQL could not make its data folder. ${stderr?.trim() || String(error)}`)
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(fresh, data)
  return data
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
