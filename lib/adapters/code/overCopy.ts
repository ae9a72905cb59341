import type { Project } from '../../domain/project.ts'
import type { Commit, Entry, Oid, Sha } from '../../domain/tree.ts'
import type { Branch, CodeActor, CodeReader, CommitPlan } from '../../world.ts'
import { type Signer, signerIn } from '../git/sign.ts'
import { diffOf } from './diff.ts'
import { onlyOurRefs } from './ourRefs.ts'

/** How a program, or a library, reads our copy of a repository and asks the far side where its branches are. */
export interface ReadsCopy<Copy> {
  remoteHead(copy: Copy, branch: string): Promise<Sha | null>
  remoteBranches(copy: Copy): Promise<Branch[]>
  readCommit(copy: Copy, sha: Sha): Promise<Commit>
  readFiles(copy: Copy, sha: Sha): Promise<Entry[]>
  readBlob(copy: Copy, oid: Oid): Promise<Buffer>
  readBlobs(copy: Copy, entries: Pick<Entry, 'oid' | 'size'>[]): Promise<Buffer[]>
  blame(copy: Copy, sha: Sha, path: string, line: number): Promise<Commit | null>
  isAncestor(copy: Copy, ancestor: Sha, descendant: Sha): Promise<boolean>
}

/** How it writes there; `push` alone changes anything on the far side. */
export interface WritesCopy<Copy> extends ReadsCopy<Copy> {
  readTree(copy: Copy, tree: Oid): Promise<Entry[]>
  composeTree(copy: Copy, base: Sha, edits: { path: string; bytes: Uint8Array }[]): Promise<Oid>
  composeCommit(copy: Copy, plan: CommitPlan, signer: Signer): Promise<Sha>
  mergeTree(copy: Copy, ours: Sha, theirs: Sha): Promise<Oid | null>
  push(copy: Copy, branch: string, sha: Sha, expected: Sha | null): Promise<'pushed' | 'moved'>
}

/** `at`: our copy, made where there is none yet. */
export function readerOver<Copy>(at: () => Promise<Copy>, git: ReadsCopy<Copy>): CodeReader {
  const reader: CodeReader = {
    head: async (branch) => git.remoteHead(await at(), branch),
    commit: async (sha) => git.readCommit(await at(), sha),
    files: async (sha) => git.readFiles(await at(), sha),
    blob: async (oid) => git.readBlob(await at(), oid),
    blobs: async (entries) => git.readBlobs(await at(), entries),
    blame: async (sha, path, line) => git.blame(await at(), sha, path, line),
    isAncestor: async (ancestor, descendant) => git.isAncestor(await at(), ancestor, descendant),
    branches: async () => git.remoteBranches(await at()),
    diff: (from, to) => diffOf(reader, from, to),
  }
  return reader
}

/** `home` holds the key our commits are signed with. */
export function actorOver<Copy>(
  at: () => Promise<Copy>,
  git: WritesCopy<Copy>,
  { home, project }: { home: string; project: Project },
): CodeActor {
  const { head, commit, files, blob, isAncestor } = readerOver(at, git)
  return {
    ...{ head, commit, files, blob, isAncestor },
    filesOfTree: async (tree) => git.readTree(await at(), tree),
    composeTree: async (base, edits) => git.composeTree(await at(), base, edits),
    composeCommit: async (plan) => git.composeCommit(await at(), plan, await signerIn(home)),
    mergeTree: async (ours, theirs) => git.mergeTree(await at(), ours, theirs),
    push: async (branch, sha, expected) => {
      await onlyOurRefs(project, branch, sha, expected, isAncestor)
      return git.push(await at(), branch, sha, expected)
    },
  }
}
