import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { baseEnv, exactly } from '../env.ts'
import { secretsFile } from '../secrets.ts'
import { type Check, check } from './check.ts'

/** Merging without a worktree came with it. */
const GIT = [2, 38] as const

/** The state folder and the programs Nightshift runs here itself. */
export async function machineChecks(home: string): Promise<Check[]> {
  return [await secretsCheck(secretsFile(home)), await gitCheck()]
}

async function secretsCheck(file: string): Promise<Check> {
  const { mode, uid } = await stat(file)
  const mine = uid === process.getuid?.()
  const closed = (mode & 0o077) === 0
  const remedy = closed
    ? `they belong to another user: chown them, or use that user`
    : `others can read them: chmod 600`
  return check(closed && mine, 'secrets', `only you can read them (${file})`, `${remedy} (${file})`)
}

async function gitCheck(): Promise<Check> {
  const wanted = GIT.join('.')
  const remedy = `git ${wanted} or newer is needed: apt-get install -y git`
  try {
    const { stdout } = await promisify(execFile)('git', ['--version'], { env: exactly(baseEnv()) })
    const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number)
    const ok = major > GIT[0] || (major === GIT[0] && minor >= GIT[1])
    return check(ok, 'git', stdout.trim(), `${stdout.trim()} is too old; ${remedy}`)
  } catch {
    return { state: 'fails', name: 'git', detail: `it was not found; ${remedy}` }
  }
}
