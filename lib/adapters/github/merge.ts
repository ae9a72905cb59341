import { blobOid } from '../../domain/gitTree.ts'
import { mergeListings } from '../../domain/mergeListings.ts'
import { mergeText } from '../../domain/mergeText.ts'
import type { Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { blobsOf } from './blobs.ts'
import type { Api } from './client.ts'
import { makeTree, placedOver, type Row } from './compose.ts'
import { commitAt, compared, filesAt } from './read.ts'
import type { GithubRepository } from './repository.ts'

/**
 * The tree of merging `theirs` into `ours`, from three listings and the files both changed; null when they conflict. GitHub
 * itself merges only what is a branch, and would move it.
 */
export async function mergeTree(repository: GithubRepository, api: Api, ours: Sha, theirs: Sha): Promise<Oid | null> {
  const common = await compared(api, ours, theirs)
  if (!common) throw new Fault('CODE_UNREACHABLE', 'The two commits share no history.')
  const base = await filesAt(repository, api, common.base)
  const here = await filesAt(repository, api, ours)
  const merge = mergeListings(base, here, await filesAt(repository, api, theirs))
  if (!merge) return null
  const rows: Row[] = merge.placed.map(({ path, mode, oid }) => ({ path, mode, oid }))
  const placed = [...merge.placed]
  for (const { path, mode, ...sides } of merge.both) {
    const three = [sides.base, sides.ours, sides.theirs].map((oid) => ({ oid, size: 0 }))
    const [was, mine, other] = await blobsOf(repository, api, three)
    const bytes = mergeText(was!, mine!, other!)
    if (!bytes) return null
    rows.push({ path, mode, bytes })
    placed.push({ path, mode, oid: blobOid(bytes) })
  }
  const { tree } = await commitAt(repository, api, ours)
  return makeTree(api, { over: tree, rows, mustBe: placedOver(here, placed) })
}
