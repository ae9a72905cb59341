import { perform } from '../../lib/actions/perform.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import { getBlob } from '../../lib/store/blobs.ts'
import { fixMessage } from './commits.ts'
import { type Context, effect, type Outcome, unless } from './context.ts'
import { outside } from './outside.ts'

/** Half to get ready, half for git's own 20 s. */
const SECONDS = 40

/**
 * Pushes `agent/fix-<id>`, created, never moved. The bytes come from our own store by their hash, and the tree git
 * makes of them must be the tree that was proven.
 */
export async function pushBranch(c: Context): Promise<Outcome> {
  const code = c.world.code(c.project)
  const branch = branchOf(c.fix.id)
  const request = effect(c, 'push', 'push', 'branch', branch, SECONDS)
  const ask = () => outside(c, request) as Promise<{ sha: string } | null>
  const done = await perform(c.world, c.lease, request, {
    async send(ticket) {
      const edits = await provenEdits(c)
      if ('missing' in edits) return { refused: edits.missing }
      const tree = await code.composeTree(c.fix.base, edits.edits)
      if (tree !== c.fix.tree) return { refused: 'the tree git made is not the tree that was proven' }
      const plan = { parents: [c.fix.base], tree, message: fixMessage(c, ticket), at: ticket.at }
      const sha = await code.composeCommit(plan)
      ticket.still()
      const pushed = await code.push(branch, sha, null)
      if (pushed === 'moved' && !(await ask())) return { refused: `${branch} exists already and is not ours` }
    },
    ask,
  })
  if (done.state !== 'confirmed') return unless(c, done, request)!
  return { facts: { ...c.release.facts, branchSha: done.receipt.sha } }
}

/** What was proven, from our own store; each blob is known by its hash. */
export async function provenEdits(
  c: Context,
): Promise<{ edits: { path: string; bytes: Uint8Array }[] } | { missing: string }> {
  const edits = []
  for (const file of c.fix.files) {
    const bytes = await getBlob(c.world.sql, file.blob)
    if (!bytes) return { missing: `the proven content of ${file.path} is not in the store any more` }
    edits.push({ path: file.path, bytes })
  }
  return { edits }
}
