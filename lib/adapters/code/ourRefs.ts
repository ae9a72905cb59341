import type { Project } from '../../domain/project.ts'
import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'

/** Creates only `agent/fix-*`; moves only the two configured branches, and only forward. */
export async function onlyOurRefs(
  project: Project,
  branch: string,
  sha: Sha,
  expected: Sha | null,
  isAncestor: (ancestor: Sha, descendant: Sha) => Promise<boolean>,
): Promise<void> {
  const { production, staging } = project.settings.branches
  if (expected === null) {
    if (/^agent\/fix-[0-9a-f]{12}$/.test(branch)) return
    throw new Fault('CODE_UNREACHABLE', `Nightshift creates no branch called ${branch}.`)
  }
  if (branch !== production && branch !== staging)
    throw new Fault('CODE_UNREACHABLE', `Nightshift does not move ${branch}.`)
  if (!(await isAncestor(expected, sha))) throw new Fault('CODE_UNREACHABLE', `${branch} would lose commits.`)
}
