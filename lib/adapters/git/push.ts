import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { type FarOutput, farFault, farGit } from './far.ts'
import { fetch, type Mirror, remoteHead } from './mirror.ts'

/** A refusal whose reason is not to be seen yet: somebody else holds the lock and is about to move the branch. */
const BUSY = /cannot lock|already exists|failed to update|unable to (?:create|lock)/i
const AGAIN_MS = [100, 400, 1000]
/** What is fetched after a push is our own work; it is no reason to be late. */
const FETCH_MS = 20_000

/**
 * A compare-and-set on the far side: the lease names what must be there, and we only ever add to it. What an answer, or
 * none, means is read off the branch: a push whose answer was lost may have arrived.
 */
export async function push(
  mirror: Mirror,
  branch: string,
  sha: Sha,
  expected: Sha | null,
): Promise<'pushed' | 'moved'> {
  const ref = `refs/heads/${branch}`
  const lease = `--force-with-lease=${ref}:${expected ?? ''}`
  const args = ['push', '--porcelain', lease, '--', mirror.remote, `${sha}:${ref}`]
  const told = await farGit(mirror, args).catch((error: unknown) => {
    if (error instanceof Fault) return error
    throw error
  })
  if (told instanceof Fault || told.status !== 0) {
    const head = await headAfter(mirror, branch, expected, told)
    if (head === expected) throw told instanceof Fault ? told : refusal(mirror, branch, told)
    if (head !== sha) return 'moved'
  }
  await fetch(mirror, FETCH_MS).catch(() => undefined)
  return 'pushed'
}

/** The branch's head once it is to be seen; where nobody can be asked, what went wrong first is what is said. */
async function headAfter(mirror: Mirror, branch: string, expected: Sha | null, told: FarOutput | Fault) {
  const look = () =>
    remoteHead(mirror, branch).catch((error: unknown) => {
      throw told instanceof Fault ? told : error
    })
  let head = await look()
  for (const ms of told instanceof Fault || !BUSY.test(told.stdout + told.stderr) ? [] : AGAIN_MS) {
    if (head !== expected) break
    await new Promise((resolve) => setTimeout(resolve, ms))
    head = await look()
  }
  return head
}

/** `!	from:to	[remote rejected] (why)`: the host's own rules, in its words. */
function refusal(mirror: Mirror, branch: string, { stdout, stderr }: FarOutput): Fault {
  const why = /^!\t[^\t]*\t(\[(?:remote )?rejected\].*)$/m.exec(stdout)?.[1]
  if (!why) return farFault(stderr, mirror)
  return new Fault('BRANCH_PROTECTED', `${branch} stays where it is: ${why.replace(/\p{Cc}/gu, ' ').slice(0, 300)}`)
}
