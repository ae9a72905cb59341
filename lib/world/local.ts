import type { SandboxFile } from '../domain/sandbox.ts'
import type { Commit, Entry, Sha } from '../domain/tree.ts'

/** Repositories on this machine: for the command line, which has no project and no zone. */

/** What a repository tells of its past: for whoever only looks. Names are shas, never words of somebody else's. */
export interface History {
  /** Null in a folder that is no repository, or has no commit yet. */
  head: Sha | null
  /** The commit a name means here; null when it means none. */
  commit(name: string): Promise<Commit | null>
  /** Newest first, of one path or of all. */
  log(path: string | null, most: number): Promise<Commit[]>
  /** Who last changed a line; null where the file is not as it was committed. */
  blame(path: string, line: number): Promise<Commit | null>
  /** What a commit changed, as a patch of at most 200,000 characters. */
  diff(sha: Sha): Promise<string>
  /** Commits after `base` up to the head, oldest first; first parents only. */
  since(base: Sha): Promise<Commit[]>
  /** Plain files of a commit. */
  files(sha: Sha): Promise<SandboxFile[]>
}

/**
 * A folder of somebody's on this machine as it stands, changes not committed included, or one commit of it: everything here
 * is of the same tree. It is copied, never worked in.
 */
export interface LocalCheckout {
  root: string
  files: SandboxFile[]
  entries: Entry[]
  /** Paths that differ from the last commit, and ones it does not know. */
  dirty: string[]
  history: History
  /**
   * Puts a commit of these edits, on the commit this was opened at, on a new branch of the repository; the work tree and
   * other branches stay as they are. The same edits twice are one commit.
   */
  commitTo(branch: string, edits: { path: string; text: string }[], message: string): Promise<Sha>
  close(): Promise<void>
}
