import { perform } from '../../lib/actions/perform.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import { getBlob } from '../../lib/store/blobs.ts'
import { fixMessage } from './commits.ts'
import { type Context, effect, type Outcome, unless } from './context.ts'

const SECONDS = 30

/**
 * Pushes `agent/fix-<id>`, created, never moved. The bytes come from our own store by their hash, and the tree git
 * makes of them must be the tree that was proven.
 */
export async function pushBranch(c: Context): Promise<Outcome> {
  const code = c.world.code(c.project)
  const branch = branchOf(c.fix.id)
  const done = await perform(c.world, c.lease, effect(c, 'push', 'push', 'branch', SECONDS), {
    async send(ticket) {
      const edits = []
      for (const file of c.fix.files) {
        const bytes = await getBlob(c.world.sql, file.blob)
        if (!bytes) return { refused: `the proven content of ${file.path} is not in the store any more` }
        edits.push({ path: file.path, bytes })
      }
      const tree = await code.composeTree(c.fix.base, edits)
      if (tree !== c.fix.tree) return { refused: 'the tree git made is not the tree that was proven' }
      const plan = { parents: [c.fix.base], tree, message: fixMessage(c, ticket), at: ticket.at }
      const sha = await code.composeCommit(plan)
      const pushed = await code.push(branch, sha, null)
      if (pushed === 'moved' && !(await ours())) return { refused: `${branch} exists already and is not ours` }
    },
    ask: ours,
  })
  return (
    unless(c, done) ?? { facts: { ...c.release.facts, branchSha: (done as { receipt: { sha: string } }).receipt.sha } }
  )

  /** A retry knows its own work by branch, parent and tree. */
  async function ours(): Promise<{ sha: string } | null> {
    const sha = await code.head(branch)
    if (!sha) return null
    const commit = await code.commit(sha)
    return commit.tree === c.fix.tree && commit.parents[0] === c.fix.base ? { sha } : null
  }
}
