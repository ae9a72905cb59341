import type { BareGit } from './git.ts'

/** One request as it arrived. */
export interface Call {
  method: string
  /** Segments of the path, decoded, without GitHub Enterprise's `/api/v3`. */
  path: string[]
  /** `METHOD /path`; of GraphQL with the name of its first field, so that faults can tell mutations apart. */
  label: string
  query: URLSearchParams
  body: Body
  headers: Record<string, string | undefined>
}

/** Fields of bodies, each where its call has it. What GitHub demands is checked by the call that needs it. */
export interface Body {
  [field: string]: unknown
  title?: string
  body?: string
  head?: string
  base?: string
  draft?: boolean
  state?: 'open' | 'closed'
  labels?: string[]
  sha?: string
  merge_method?: string
  commit_title?: string
  commit_message?: string
  message?: string
  parents?: string[]
  author?: { name: string; email: string; date?: string }
  ref?: string
  environment?: string
  repositories?: string[]
  permissions?: Permissions
}

export interface Answer {
  status: number
  json?: unknown
  /** Instead of `json`. */
  bytes?: Buffer
  headers?: Record<string, string>
}

export type Access = 'read' | 'write'
export type Permissions = Record<string, Access>

/** Who is behind a token. */
export interface Login {
  kind: 'app' | 'installation' | 'fine-grained' | 'classic'
  /** As in `user.login`. */
  name: string
  permissions: Permissions
  /** `owner/name`; null: all of them. */
  repositories: string[] | null
}

export interface Review {
  id: number
  user: string
  association: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED'
  sha: string
  at: string
}

/** An issue, or the half of a pull request that is one: they share their numbers. */
export interface Thread {
  number: number
  title: string
  body: string
  state: 'open' | 'closed'
  labels: string[]
  user: string
  comments: { id: number; body: string; user: string }[]
  pull: Pull | null
}

export interface Pull {
  head: string
  base: string
  draft: boolean
  merged: { sha: string; by: string } | null
  /** Where its branch was when it ended: that it goes on moving then is no concern of the request's. */
  endedAt: string | null
  reviews: Review[]
  /** GETs so far: the first one finds `mergeable` still unknown. */
  looks: number
  queued: boolean
  autoMerge: boolean
}

export interface Protection {
  approvals: number
  checks: string[]
  /** Nobody moves the branch but by merging a pull request. */
  pullsOnly: boolean
  /** Merges go through a queue. */
  queue?: boolean
}

export interface CheckRun {
  id: number
  name: string
  sha: string
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: string | null
}

export interface Deployment {
  id: number
  sha: string
  ref: string
  /** Who asked for it. */
  by: string
  environment: string
  payload: unknown
  statuses: { id: number; state: string }[]
}

/** How the repository is set up for merging. */
export interface MergeSettings {
  methods: ('merge' | 'squash' | 'rebase')[]
  deletesBranches: boolean
  drafts: boolean
}

/** Everything GitHub keeps of one repository. */
export interface Repo {
  owner: string
  name: string
  id: number
  git: BareGit
  threads: Thread[]
  checks: CheckRun[]
  statuses: { sha: string; context: string; state: string }[]
  protection: Map<string, Protection>
  /** Of people; who is not in it may write. */
  rights: Map<string, 'admin' | 'write' | 'read' | 'none'>
  merging: MergeSettings
  deployments: Deployment[]
  /** Rows of a tree that are listed at most; above it is `truncated`. */
  treeLimit: number
  autoMergeAllowed: boolean
}

/** What changed, in order: the witness. */
export interface Effect {
  what:
    | 'blob'
    | 'tree'
    | 'commit'
    | 'ref-created'
    | 'ref-moved'
    | 'pull'
    | 'pull-edited'
    | 'ready'
    | 'ref-deleted'
    | 'merge'
    | 'label'
    | 'comment'
    | 'comment-edited'
    | 'issue'
    | 'issue-edited'
    | 'auto-merge'
    | 'queued'
    | 'deployment'
    | 'deployment-status'
    | 'token'
  on: string
  sha?: string
}

export const no = (status: number, message: string, more: object = {}): Answer => ({
  status,
  json: { message, documentation_url: 'https://docs.github.com/rest', status: String(status), ...more },
})
export const ok = (json: unknown, status = 200): Answer => ({ status, json })
