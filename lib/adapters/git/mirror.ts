import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type GitAddress, gitAddress } from '../../domain/gitAddress.ts'
import type { Project } from '../../domain/project.ts'
import { Fault } from '../../errors.ts'
import type { Branch } from '../../world.ts'
import { farFault, farGit } from './far.ts'
import { type Far, NO_LOGIN, type Reached, reach } from './reach.ts'
import { FAR_MS, git } from './spawn.ts'

export interface Mirror {
  dir: string
  remote: string
  address: GitAddress
  /** What a call that asks the far side is started with: the login as it is now. */
  reach(): Promise<Reached>
}

/** Our own bare mirror of a project's repository; nobody else writes it. */
export async function mirrorOf(home: string, project: Project, far: Far = NO_LOGIN): Promise<Mirror> {
  const address = addressOf(project)
  const dir = join(home, 'mirrors', `${project.slug}.git`)
  if (!existsSync(join(dir, 'HEAD'))) {
    commits.delete(dir)
    await make(home, dir)
  }
  return { dir, remote: address.remote, address, reach: () => reach(far, project, address) }
}

/** Whole or not at all: several may open the first one at once, and any of them may be killed. */
async function make(home: string, dir: string): Promise<void> {
  await mkdir(join(home, 'mirrors'), { recursive: true, mode: 0o700 })
  const fresh = await mkdtemp(`${dir}.new-`)
  await git(fresh, ['init', '--bare', '--quiet', '--template='])
  await rename(fresh, dir).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(join(dir, 'HEAD'))) throw error
  })
}

export function addressOf(project: Project): GitAddress {
  const address = gitAddress(project.settings.repository)
  if (address) return address
  throw new Fault('CODE_UNREACHABLE', 'Its address has to be an absolute path, https://…, ssh://… or git@host:path.')
}

/** Fetches under way, by mirror: two at once would fight over the same refs. */
const fetching = new Map<string, Promise<void>>()

/** Everything the far side has now. Whoever asks while one is under way waits for one that begins after that. */
export async function fetch(mirror: Mirror, timeoutMs = FAR_MS): Promise<void> {
  const before = fetching.get(mirror.dir)
  const next = (before ?? Promise.resolve()).catch(() => undefined).then(() => fetchNow(mirror, timeoutMs))
  fetching.set(mirror.dir, next)
  try {
    await next
  } finally {
    if (fetching.get(mirror.dir) === next) fetching.delete(mirror.dir)
  }
}

async function fetchNow(mirror: Mirror, timeoutMs: number): Promise<void> {
  const heads = '+refs/heads/*:refs/heads/*'
  const args = ['fetch', '--quiet', '--no-tags', '--prune', '--', mirror.remote, heads]
  let told = await farGit(mirror, args, timeoutMs)
  // Another process fetched into the same mirror at the same moment; what it wrote is there now.
  if (told.status === 1 && /cannot lock ref|unable to update/.test(told.stderr))
    told = await farGit(mirror, args, timeoutMs)
  if (told.status !== 0) throw farFault(told.stderr, mirror)
}

/** True when the object is here, fetching once if it was not. */
export async function has(mirror: Mirror, sha: string): Promise<boolean> {
  const seen = commits.get(mirror.dir)
  if (seen?.has(sha)) return true
  const known = async () =>
    (await git(mirror.dir, ['cat-file', '-e', `${sha}^{commit}`], { accept: [1, 128] })).status === 0
  if (!(await known())) {
    await fetch(mirror)
    if (!(await known())) return false
  }
  if (/^[0-9a-f]{40}$/.test(sha)) remember(mirror, sha)
  return true
}

/** Nothing ever leaves our mirror (`gc.auto=0`, and nobody else writes it), so a commit is looked for once. */
const commits = new Map<string, Set<string>>()
const KEEP = 10_000

function remember({ dir }: Mirror, sha: string): void {
  const seen = commits.get(dir) ?? new Set()
  if (seen.size >= KEEP) seen.clear()
  commits.set(dir, seen.add(sha))
}

/** The branch's head as the far side says now, never from our copy. */
export async function remoteHead(mirror: Mirror, branch: string): Promise<string | null> {
  const { stdout, stderr, status } = await farGit(mirror, ['ls-remote', '--', mirror.remote, `refs/heads/${branch}`])
  if (status !== 0) throw farFault(stderr, mirror)
  const sha = stdout.split('\t')[0]?.trim() ?? ''
  return /^[0-9a-f]{40}$/.test(sha) ? sha : null
}

const ROW = /^([0-9a-f]{40})\trefs\/heads\/(.+)$/

export async function remoteBranches(mirror: Mirror): Promise<Branch[]> {
  const { stdout, stderr, status } = await farGit(mirror, ['ls-remote', '--heads', '--', mirror.remote])
  if (status !== 0) throw farFault(stderr, mirror)
  return stdout.split('\n').flatMap((row) => {
    const [, head, name] = ROW.exec(row) ?? []
    return head && name ? [{ name, head }] : []
  })
}
