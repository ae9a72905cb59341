import type { Ticket } from '../../lib/actions/perform.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import type { Commit, Sha } from '../../lib/domain/tree.ts'
import type { CodeActor } from '../../lib/world.ts'
import type { Context } from './context.ts'

/** Templated text and typed values only: nothing of the error's own words enters a commit. */
export function fixMessage(c: Context, ticket: Ticket): string {
  const { fix, issue } = c
  return `Guard against a failure in ${fix.files[0]?.path ?? 'the app'}

Issue ${issue.id} (${issue.severity}), seen ${issue.seen} times${issue.users === null ? '' : ` by ${issue.users} users`}.
Reproduced from a captured request: three runs failed without this change, three passed with it.
This shows that it no longer fails; whether ${fix.fixture.expect.status} is the answer you want is yours to judge.

${trailers(c, ticket)}`
}

export function mergeMessage(c: Context, into: string, ticket: Ticket): string {
  return `Merge ${branchOf(c.fix.id)} into ${into}\n\n${trailers(c, ticket)}`
}

/** The anchor: anyone can hold the audit against the history. */
function trailers(c: Context, ticket: Ticket): string {
  return `Nightshift-Fix: ${c.fix.id}\nNightshift-Audit: ${ticket.audit.seq} ${ticket.audit.hash}\n`
}

/** How far back a merge of ours is looked for when others pushed after it. */
const LOOK_BACK = 50

/** The merge that brought `brought` into `branch`, along first parents; null when it is not there. */
export async function findMerge(code: CodeActor, branch: string, brought: Sha): Promise<Commit | null> {
  let sha = await code.head(branch)
  for (let i = 0; sha && i < LOOK_BACK; i++) {
    const commit = await code.commit(sha)
    if (commit.parents.slice(1).includes(brought)) return commit
    sha = commit.parents[0] ?? null
  }
  return null
}
