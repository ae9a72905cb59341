import type { Project } from '../../domain/project.ts'
import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'

/** A fix, or what takes one out again; the second of a kind is counted. */
const OURS = /^agent\/(?:fix-[0-9a-f]{12}|revert-[0-9a-f]{12}(?:-staging)?(?:-[1-9]\d{0,2})?)$/

/** Creates only branches of these names; moves only the two configured branches, and only forward. */
export async function onlyOurRefs(
  project: Project,
  branch: string,
  sha: Sha,
  expected: Sha | null,
  isAncestor: (ancestor: Sha, descendant: Sha) => Promise<boolean>,
): Promise<void> {
  const { production, staging } = project.settings.branches
  if (expected === null) {
    if (OURS.test(branch)) return
    throw new Fault('CODE_UNREACHABLE', `Nightshift creates no branch called ${branch}.`)
  }
  if (branch !== production && branch !== staging)
    throw new Fault('CODE_UNREACHABLE', `Nightshift does not move ${branch}.`)
  if (!(await isAncestor(expected, sha))) throw new Fault('CODE_UNREACHABLE', `${branch} would lose commits.`)
}
