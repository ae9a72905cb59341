import { readdir, readlink, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'

/** What the inside has at the same path as the host. */
const SYSTEM = /^\/(?:usr\/)?(?:bin|lib|lib64|libexec|share)\//

/**
 * The target a link has inside, where the root is /workspace; null when what it leads to is not there. A link to a
 * package of the repository itself (a workspace) stays a link: a copy would show a run the package as it was when the
 * folder was adopted, not as it is in the tree under test.
 */
export function targetInside(root: string, place: string, target: string, atHome: string[] = []): string | null {
  const absolute = resolve(root, dirname(place), target)
  if (absolute === root || absolute.startsWith(`${root}/`)) {
    const short = relative(join(root, dirname(place)), absolute)
    return short === '' ? '.' : short
  }
  const isThere = SYSTEM.test(absolute) || atHome.some((folder) => absolute.startsWith(`${folder}/`))
  return isThere ? absolute : null
}

/**
 * Settles every link of a copy; `at` is where the copy's folder stands below `root`. Answers what was left out, as
 * paths below the root. The copy is ours alone: nothing changes it meanwhile.
 */
export async function settleLinks(root: string, copy: string, at: string, atHome: string[]): Promise<string[]> {
  const dropped: string[] = []
  for (const entry of await readdir(copy, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const place = join(at, relative(copy, path))
    const before = await readlink(path)
    const after = targetInside(root, place, before, atHome)
    if (after === before) continue
    await rm(path)
    if (after === null) dropped.push(place)
    else await symlink(after, path)
  }
  return dropped
}
