import type { Commit, Entry, Oid, Sha } from '../domain/tree.ts'

/** The port `code`: a repository, wherever it is. Readers read; the actor composes in our copy and moves branches. */

export interface CodeReader {
  head(branch: string): Promise<Sha | null>
  commit(sha: Sha): Promise<Commit>
  /** The full listing of a commit's tree. */
  files(sha: Sha): Promise<Entry[]>
  blob(oid: Oid): Promise<Buffer>
  /** Many at once, in the order asked for; sizes as in their listing. */
  blobs(entries: Pick<Entry, 'oid' | 'size'>[]): Promise<Buffer[]>
  /** The commit that last changed a line, seen from `sha`; null when the line does not exist. */
  blame(sha: Sha, path: string, line: number): Promise<Commit | null>
  isAncestor(ancestor: Sha, descendant: Sha): Promise<boolean>
  /** Every branch as the far side has it now. */
  branches(): Promise<Branch[]>
  /** What changed from one commit to another, for people to look at: text alone, and cut where it gets long. */
  diff(from: Sha, to: Sha): Promise<string>
}

export interface Branch {
  name: string
  head: Sha
}

/** A commit to be built from known parts: deterministic, so that a retry builds the same one. */
export interface CommitPlan {
  parents: Sha[]
  tree: Oid
  message: string
  /** ISO 8601; author and committer date. */
  at: string
}

export interface CodeActor {
  head(branch: string): Promise<Sha | null>
  commit(sha: Sha): Promise<Commit>
  files(sha: Sha): Promise<Entry[]>
  /** The full listing of a tree we composed. */
  filesOfTree(tree: Oid): Promise<Entry[]>
  blob(oid: Oid): Promise<Buffer>
  isAncestor(ancestor: Sha, descendant: Sha): Promise<boolean>
  /** Writes blobs over a base tree into our mirror; reaches nothing outside. */
  composeTree(base: Sha, edits: { path: string; bytes: Uint8Array }[]): Promise<Oid>
  composeCommit(plan: CommitPlan): Promise<Sha>
  /** The tree of merging `theirs` into `ours`; null when they conflict. */
  mergeTree(ours: Sha, theirs: Sha): Promise<Oid | null>
  /** Moves a branch if it is still at `expected` (null: it must not exist). `moved` when it is not. */
  push(branch: string, sha: Sha, expected: Sha | null): Promise<'pushed' | 'moved'>
}
