import type { Issue } from '../lib/domain/issue.ts'
import type { Project } from '../lib/domain/project.ts'
import type { Sha } from '../lib/domain/tree.ts'
import { type Base, type Bases, comingOf, isSame, type UnderWay } from '../lib/policy/bases.ts'
import { fix as fixById, justProven } from '../lib/store/fixes.ts'
import { releasesUnderWay } from '../lib/store/releases.ts'
import type { CodeReader, Reader } from '../lib/world.ts'
import { isNoAnswer } from './trouble.ts'

interface World extends Pick<Reader, 'sql' | 'deploy'> {
  code(project: Project): Pick<CodeReader, 'commit'>
}

/** What production runs, and is about to run before this issue's repair gets there; null while nothing is deployed. */
export async function basesOf(world: World, project: Project, issue: Pick<Issue, 'severity'>): Promise<Bases | null> {
  const now = await world.deploy(project).serving('production')
  if (!now) return null
  const serving = await baseOf(world, project, now.sha)
  const underWay: UnderWay[] = []
  for (const release of await releasesUnderWay(world.sql, project.id)) {
    const fix = await fixById(world.sql, release.fix)
    if (fix?.state === 'proven') underWay.push({ release, on: await baseOf(world, project, fix.base), tree: fix.tree })
  }
  return { serving, coming: comingOf(serving, underWay, issue.severity) }
}

/** A release begins and has its branch within a second or two; whatever takes longer is not waited for. */
const SOON_SECONDS = 30

/** A fix was proven this moment on what production runs: what repairs start from next has no name yet. */
export async function changesSoon(world: World, project: Project, { serving }: Bases): Promise<boolean> {
  for (const { base } of await justProven(world.sql, project.id, SOON_SECONDS))
    if (isSame(await baseOf(world, project, base), serving)) return true
  return false
}

/** A commit that was force-pushed away is still a name; one that could not be asked about is not gone. */
export async function baseOf(world: Pick<World, 'code'>, project: Project, sha: Sha): Promise<Base> {
  const commit = await world
    .code(project)
    .commit(sha)
    .catch((error: unknown) => {
      if (isNoAnswer(error)) throw error
      return null
    })
  return { sha, tree: commit?.tree ?? null }
}
