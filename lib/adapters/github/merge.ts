import type { Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { mergeRows } from '../code/merging.ts'
import { blobsOf } from './blobs.ts'
import type { Api } from './client.ts'
import { makeTree } from './compose.ts'
import { commitAt, compared, filesAt } from './read.ts'
import type { GithubRepository } from './repository.ts'

/**
 * The tree of merging `theirs` into `ours`, from three listings and the files both changed; null when they conflict. GitHub
 * itself merges only what is a branch, and would move it.
 */
export async function mergeTree(repository: GithubRepository, api: Api, ours: Sha, theirs: Sha): Promise<Oid | null> {
  const common = await compared(api, ours, theirs)
  if (!common) throw new Fault('CODE_UNREACHABLE', 'The two commits share no history.')
  const [base, here, there] = await Promise.all([common.base, ours, theirs].map((sha) => filesAt(repository, api, sha)))
  const read = (oids: Oid[]) =>
    blobsOf(
      repository,
      api,
      oids.map((oid) => ({ oid, size: 0 })),
    )
  const merge = await mergeRows(base!, here!, there!, read)
  if (!merge) return null
  const { tree } = await commitAt(repository, api, ours)
  return makeTree(api, { over: tree, ...merge })
}
