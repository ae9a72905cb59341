/** A commit's full listing, as git sees it: what the tree gate judges and what the sandbox gets a plain copy of. */

/** 40 hex digits naming a commit. Never called a "release". */
export type Sha = string
/** 40 hex digits naming a git object (tree or blob). */
export type Oid = string

export interface Entry {
  /** Path as git stores it, `/`-separated, relative to the repository's root. */
  path: string
  /** Octal git mode: `100644`, `100755`, `120000` (symlink) or `160000` (submodule). */
  mode: string
  oid: Oid
  /** Bytes; 0 for submodules. */
  size: number
}

export interface Commit {
  sha: Sha
  tree: Oid
  parents: Sha[]
  author: string
  /** Author date, ISO 8601. */
  at: string
  /** First line of the message: untrusted text. */
  subject: string
}

/** A whole-file replacement; `text: null` would be a deletion and is refused by the tree gate. */
export interface Edit {
  path: string
  text: string
}
