import type { BareGit } from '../github/git.ts'

export interface Person {
  id: number
  username: string
}

export interface Note {
  id: number
  body: string
  author: Person
  system: boolean
}

export interface Request {
  iid: number
  title: string
  description: string
  source: string
  into: string
  author: Person
  state: 'opened' | 'closed' | 'merged'
  labels: string[]
  merge: string | null
  /** The head once it was merged or closed. */
  last: string | null
  notes: Note[]
  approvals: { user: Person; approved_at?: string }[]
  reviewers: { user: Person; state: string }[]
  versions: { head_commit_sha: string; created_at: string }[]
}

export interface Issue {
  iid: number
  title: string
  description: string
  labels: string[]
  author: Person
  state: 'opened' | 'closed'
}

/** What one project of GitLab's holds, beside its repository. */
export class GitlabProject {
  readonly path: string
  readonly git: BareGit
  readonly me: Person = { id: 7, username: 'project_1_bot_nightshift' }
  readonly requests: Request[] = []
  readonly issues: Issue[] = []
  readonly statuses: { sha: string; name: string; status: string; allow_failure?: boolean }[] = []
  /** Access levels by a user's id: 30 developer, 40 maintainer, 50 owner. */
  readonly members = new Map<number, number>()
  /** What was done, in order. */
  readonly effects: string[] = []
  /** Quick actions that texts of ours carried out. */
  readonly quick: string[] = []
  /** What GitLab says of the token itself; null where it is too old to say anything. */
  token: object | null = {
    ...{ scopes: ['api', 'write_repository'], expires_at: '2099-01-01', active: true, revoked: false },
  }
  approvalsNeeded = 0
  pipelineNeeded = false
  /** Looks at a request until it is known whether it can be merged. */
  checksFor = 0
  ids = 100

  constructor(path: string, git: BareGit) {
    this.path = path
    this.git = git
  }

  did(what: string): void {
    this.effects.push(what)
  }

  /** What GitLab does with every text: lines that begin with a slash are commands. */
  read(text: string): void {
    for (const [line] of text.matchAll(/^\/[a-z_]+.*$/gm)) this.quick.push(line)
  }

  count = (what: string): number => this.effects.filter((one) => one === what).length

  async head(request: Request): Promise<string> {
    return request.last ?? (await this.git.head(request.source)) ?? ''
  }

  /** A person approves: by default now. */
  async approve(request: Request, user: Person, at = new Date()): Promise<void> {
    await this.seen(request)
    request.approvals.push({ user, approved_at: at.toISOString() })
  }

  /** Each head a request had is a version of it, from when it came. */
  async seen(request: Request): Promise<void> {
    const head = await this.head(request)
    if (request.versions[0]?.head_commit_sha === head) return
    request.versions.unshift({ head_commit_sha: head, created_at: new Date(Date.now() - 5).toISOString() })
  }

  async status(request: Request): Promise<string> {
    if (this.checksFor > 0) {
      this.checksFor -= 1
      return 'checking'
    }
    if (request.state !== 'opened') return 'not_open'
    if (/^Draft: /.test(request.title)) return 'draft_status'
    const into = await this.git.head(request.into)
    if (!into || !(await this.git.mergeTree(into, await this.head(request)))) return 'conflict'
    if (request.approvals.length < this.approvalsNeeded) return 'not_approved'
    const head = await this.head(request)
    const passed = this.statuses.some((one) => one.sha === head && one.status === 'success')
    return this.pipelineNeeded && !passed ? 'ci_must_pass' : 'mergeable'
  }

  async shown(request: Request): Promise<object> {
    await this.seen(request)
    return {
      ...{ iid: request.iid, title: request.title, description: request.description, state: request.state },
      ...{ source_branch: request.source, target_branch: request.into, author: request.author, labels: request.labels },
      ...{ source_project_id: 1, target_project_id: 1, sha: await this.head(request) },
      ...{ draft: /^Draft: /.test(request.title), merge_commit_sha: request.merge, squash_commit_sha: null },
      ...{ detailed_merge_status: await this.status(request), merge_when_pipeline_succeeds: false },
      web_url: `https://gitlab.example/${this.path}/-/merge_requests/${request.iid}`,
    }
  }
}
