import type { Project } from '../domain/project.ts'
import type { CodeActor, CodeReader } from '../world.ts'
import { diffOf } from './code/diff.ts'
import { onlyOurRefs } from './code/ourRefs.ts'
import type { Far } from './git/reach.ts'
import { signerIn } from './git/sign.ts'
import { blame } from './isomorphic/blame.ts'
import { push } from './isomorphic/push.ts'
import { isAncestor, readBlob, readBlobs, readCommit, readFiles, readListing } from './isomorphic/read.ts'
import { remoteBranches, remoteHead, storeOf } from './isomorphic/store.ts'
import { composeCommit, composeTree, mergeTree } from './isomorphic/write.ts'

/** Any git host over HTTPS where there is no program git, as in a function: a library reads and writes our copy. */
export function isomorphicReader(home: string, project: Project, far: Far, zone = 'read'): CodeReader {
  const at = () => storeOf(home, project, far, zone)
  const reader: CodeReader = {
    head: async (branch) => remoteHead(await at(), branch),
    commit: async (sha) => readCommit(await at(), sha),
    files: async (sha) => readFiles(await at(), sha),
    blob: async (oid) => readBlob(await at(), oid),
    blobs: async (entries) => readBlobs(await at(), entries),
    blame: async (sha, path, line) => blame(await at(), sha, path, line),
    isAncestor: async (a, b) => isAncestor(await at(), a, b),
    branches: async () => remoteBranches(await at()),
    diff: (from, to) => diffOf(reader, from, to),
  }
  return reader
}

export function isomorphicActor(home: string, project: Project, far: Far): CodeActor {
  const zone = 'write'
  const at = () => storeOf(home, project, far, zone)
  const { head, commit, files, blob, isAncestor } = isomorphicReader(home, project, far, zone)
  return {
    ...{ head, commit, files, blob, isAncestor },
    filesOfTree: async (tree) => readListing(await at(), tree),
    composeTree: async (base, edits) => composeTree(await at(), base, edits),
    composeCommit: async (plan) => composeCommit(await at(), plan, await signerIn(home)),
    mergeTree: async (ours, theirs) => mergeTree(await at(), ours, theirs),
    push: async (branch, sha, expected) => {
      await onlyOurRefs(project, branch, sha, expected, isAncestor)
      return push(await at(), branch, sha, expected)
    },
  }
}
