import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Project } from '../../domain/project.ts'
import { Fault } from '../../errors.ts'
import { FAR_MS, git } from './spawn.ts'

export interface Mirror {
  dir: string
  remote: string
}

/** Our own bare mirror of a project's repository; nobody else writes it. */
export async function mirrorOf(home: string, project: Project): Promise<Mirror> {
  const remote = project.settings.repository
  if (!isRemote(remote))
    throw new Fault(
      'CODE_UNREACHABLE',
      'Its address has to be an absolute path or begin with https://; one of ssh cannot be used.',
    )
  const dir = join(home, 'mirrors', `${project.slug}.git`)
  if (!existsSync(join(dir, 'HEAD'))) {
    commits.delete(dir)
    await mkdir(dir, { recursive: true, mode: 0o700 })
    await git(dir, ['init', '--bare', '--quiet', '--template='])
  }
  return { dir, remote }
}

/** Strict, because an address is also an argument: no leading dash, no helper syntax such as `ext::`. */
export function isRemote(address: string): boolean {
  if (address.includes('\0') || address.includes('::') || address.includes('\n')) return false
  return /^\/[^\s]+$/.test(address) || /^https:\/\/[a-z0-9.-]+(:\d+)?\/\S+$/i.test(address)
}

export async function fetch(mirror: Mirror): Promise<void> {
  const heads = '+refs/heads/*:refs/heads/*'
  const args = ['fetch', '--quiet', '--no-tags', '--prune', '--', mirror.remote, heads]
  await git(mirror.dir, args, { timeoutMs: FAR_MS })
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
  const out = await git(mirror.dir, ['ls-remote', '--', mirror.remote, `refs/heads/${branch}`])
  const sha = out.stdout.toString('utf8').split('\t')[0]?.trim() ?? ''
  return /^[0-9a-f]{40}$/.test(sha) ? sha : null
}
