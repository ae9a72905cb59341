import type { Ticket } from '../../lib/actions/perform.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import type { Commit, Oid, Sha } from '../../lib/domain/tree.ts'
import { commitMessage, trailersOf } from '../../lib/policy/proposal/commit.ts'
import type { CommitFacts } from '../../lib/policy/proposal/facts.ts'
import type { CodeActor } from '../../lib/world.ts'
import type { Context } from './context.ts'

/** Typed values only: nothing of the error's own words enters a commit, or a pull request. */
export function factsOf({ fix, issue }: Context, { audit }: Pick<Ticket, 'audit'>): CommitFacts {
  const paths = fix.files.map(({ path }) => path).filter((path) => !path.endsWith(`/${fix.id}.json`))
  return {
    issue,
    tests: [],
    fix: { id: fix.id, paths, tier: fix.proof.tier },
    errorType: null,
    cause: null,
    answers: fix.fixture.expect.status,
    audit,
  }
}

export const fixMessage = (c: Context, ticket: Ticket): string => commitMessage(factsOf(c, ticket))

export function mergeMessage(c: Context, into: string, ticket: Ticket): string {
  return `Merge ${branchOf(c.fix.id)} into ${into}\n\n${trailersOf({ ...c, audit: ticket.audit })}`
}

export function revertMessage(c: Context, merge: Sha, ticket: Ticket): string {
  return `${revertSubject(merge)}\n\nTakes ${branchOf(c.fix.id)} out again; the page of issue ${c.issue.id} says why.\n\n${trailersOf({ ...c, audit: ticket.audit })}`
}

export const revertSubject = (merge: Sha): string => `Revert the merge ${merge}`

/** How far back a commit of ours is looked for when others pushed after it. */
const LOOK_BACK = 50

/** The newest commit along first parents that `is` recognises. */
async function find(code: CodeActor, branch: string, is: (commit: Commit) => Promise<boolean>): Promise<Commit | null> {
  let sha = await code.head(branch)
  for (let i = 0; sha && i < LOOK_BACK; i++) {
    const commit = await code.commit(sha)
    if (await is(commit)) return commit
    sha = commit.parents[0] ?? null
  }
  return null
}

/** The merge that brought `brought` into `branch`; null when it is not there. */
export const findMerge = (code: CodeActor, branch: string, brought: Sha): Promise<Commit | null> =>
  find(code, branch, async (commit) => commit.parents.slice(1).includes(brought))

/** The commit that took `merge` out of `branch` again: known by its name, its one parent and its tree. */
export const findRevert = (code: CodeActor, branch: string, merge: Sha): Promise<Commit | null> =>
  find(code, branch, (commit) => isRevert(code, commit, merge))

/** Nothing but the way back from this merge, whoever made it and wherever it is. */
export async function isRevert(code: CodeActor, commit: Commit, merge: Sha): Promise<boolean> {
  const [parent, ...others] = commit.parents
  if (!parent || others.length > 0 || commit.subject !== revertSubject(merge)) return false
  return commit.tree === (await treeWithout(code, parent, merge))
}

/**
 * The tree of `head` without what `merge` brought: the tree before the merge where nothing came after it, otherwise a
 * three-way merge with the merge itself as the base. Null when others changed the same lines since.
 */
export async function treeWithout(code: CodeActor, head: Sha, merge: Sha): Promise<Oid | null> {
  const { parents, at } = await code.commit(merge)
  const before = await code.commit(parents[0]!)
  if (head === merge) return before.tree
  // A commit nobody sees, whose one step from the merge is the way back: merging it into `head` goes that step.
  const undo = await code.composeCommit({ parents: [merge], tree: before.tree, message: 'undo', at })
  return code.mergeTree(head, undo)
}
