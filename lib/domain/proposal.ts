import type { Sha } from './tree.ts'

/** What a pull request is to say. Title and body are made of typed values, with everything of others quoted. */
export interface ProposalPlan {
  branch: string
  into: string
  title: string
  /** Markdown. */
  body: string
  draft: boolean
  labels: string[]
  /** The commit it is to bring. A branch that serves again and again has ended requests of other commits. */
  head?: Sha
  /** What its body is about; the branch where nothing is named. The next of a branch that serves again rewrites an open one. */
  marker?: string
  /** Path of a page of ours. */
  link?: string
}

/** A pull request of ours as the code host has it. */
export interface Proposal {
  number: number
  link: string
  branch: string
  into: string
  head: Sha
  draft: boolean
  /** `closed`: without being merged, which is a person's no. */
  state: 'open' | 'merged' | 'closed'
  /** The commit that merged it. */
  merge: Sha | null
}

/** A review by somebody who may write to the repository. */
export interface Approving {
  by: string
  association: 'owner' | 'member' | 'collaborator'
  /** The host's number of the review: one that was dismissed and given again is another one. */
  review: number
  /** ISO 8601, by the host's clock. */
  at: string
}

/** What members of the repository last said about this very head. */
export interface Opinions {
  head: Sha
  approved: Approving[]
  /** Who wants something changed, about whichever head. */
  objected: string[]
}

/** What the repository's own checks say of a commit. None at all is not green. */
export interface Checks {
  state: 'none' | 'pending' | 'failed' | 'passed'
  /** Names, for people: of those that failed, or that are awaited. */
  names: string[]
}

export type MergeAnswer =
  | { state: 'merged'; sha: Sha }
  /** It will be, once its queue or its rules let it: look again. */
  | { state: 'queued' }
  /** The host has not found out yet whether it can be. */
  | { state: 'unknown' }
  /** The branch is not at the head that was decided about. */
  | { state: 'moved' }
  /** The repository's protection says no, in its words. */
  | { state: 'blocked'; why: string }
  | { state: 'conflicts' }
  | { state: 'closed' }

/** Where a person is called, once. */
export interface Escalation {
  /** Lower-case letters, digits, `:` and hyphens: the same call again is the same issue. */
  marker: string
  title: string
  body: string
  labels: string[]
  /** Path of a page of ours. */
  link?: string
}

/** What became of a commit in an environment, for who looks at the repository. */
export interface DeployRecord {
  sha: Sha
  environment: 'staging' | 'production'
  /** Lower-case letters, digits, `:` and hyphens: the same key is the same deployment. */
  key: string
  state: 'in_progress' | 'success' | 'failure' | 'inactive'
  /** Path of a page of ours. */
  link: string
}
