import type { Project } from '../domain/project.ts'
import type { CodeActor, CodeReader } from '../world.ts'
import { diffOf } from './code/diff.ts'
import { onlyOurRefs } from './code/ourRefs.ts'
import { type Mirror, mirrorOf, remoteBranches, remoteHead } from './git/mirror.ts'
import { push } from './git/push.ts'
import { type Far, NO_LOGIN } from './git/reach.ts'
import { blame, isAncestor, readBlob, readBlobs, readCommit, readFiles, readTree } from './git/read.ts'
import { signerIn } from './git/sign.ts'
import { composeCommit, composeTree, mergeTree } from './git/write.ts'

/** Any git remote, over HTTPS or SSH, or a bare repository on disk. `home` holds our mirrors. */
export function gitReader(home: string, project: Project, far: Far = NO_LOGIN): CodeReader {
  const at = open(home, project, far)
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

export function gitActor(home: string, project: Project, far: Far = NO_LOGIN): CodeActor {
  const at = open(home, project, far)
  const { head, commit, files, blob, isAncestor } = gitReader(home, project, far)
  return {
    head,
    commit,
    files,
    filesOfTree: async (tree) => readTree(await at(), tree),
    blob,
    isAncestor,
    composeTree: async (base, edits) => composeTree(await at(), base, edits),
    composeCommit: async (plan) => composeCommit(await at(), plan, await signerIn(home)),
    mergeTree: async (ours, theirs) => mergeTree(await at(), ours, theirs),
    push: async (branch, sha, expected) => {
      const mirror = await at()
      await onlyOurRefs(project, branch, sha, expected, isAncestor)
      return push(mirror, branch, sha, expected)
    },
  }
}

function open(home: string, project: Project, far: Far): () => Promise<Mirror> {
  let mirror: Promise<Mirror> | undefined
  return () => {
    mirror ??= mirrorOf(home, project, far)
    return mirror
  }
}
