import { randomUUID } from 'node:crypto'
import { BareGit } from './git.ts'
import { graphql, mergeWaiting } from './graphql.ts'
import { Hooks } from './hooks.ts'
import { matched, ROUTES } from './routes.ts'
import { API, appRest, userOf, WHEN, wholeRepositoryOf } from './shapes.ts'
import { Site } from './site.ts'
import { allows, Tokens } from './tokens.ts'
import {
  type Answer,
  type Call,
  type Effect,
  type Login,
  no,
  ok,
  type Protection,
  type Repo,
  type Review,
  type Thread,
} from './types.ts'

/** What an installation may ask for in an hour. */
const CALLS = 5000
const HOUR = 3_600_000

/** State and behaviour: an App, repositories with real git behind them, and what became of every call. */
export class GithubService {
  readonly tokens: Tokens
  readonly repos = new Map<string, Repo>()
  readonly effects: Effect[] = []
  readonly hooks = new Hooks()
  /** The pages that people meet. */
  readonly site = new Site(this)
  /** Added to the clock, in milliseconds: tokens grow old by it. */
  later = 0
  /** Calls left of this hour's. */
  remaining = CALLS
  /** When the hour ends, by its own clock, in milliseconds. */
  private hourEnds = 0
  autoMergeBy: Login
  /** Where archives are fetched; set when the servers listen. */
  archiveHost = ''
  readonly archives = new Map<string, { repo: Repo; sha: string }>()
  private ids = 1000
  private turn: Promise<unknown> = Promise.resolve()

  constructor() {
    this.tokens = new Tokens(() => this.date().getTime())
    this.hourEnds = this.date().getTime() + HOUR
    this.autoMergeBy = { kind: 'installation', name: 'github-merge-queue[bot]', permissions: {}, repositories: [] }
  }

  date = () => new Date(Date.now() + this.later)
  nextId = () => ++this.ids

  /** When there will be 5,000 again, in milliseconds; there are, when that has passed. */
  renews(): number {
    const now = this.date().getTime()
    if (now >= this.hourEnds) Object.assign(this, { hourEnds: now + HOUR, remaining: CALLS })
    return this.hourEnds
  }

  /** Puts a bare repository on this machine behind `owner/name`. */
  host(fullName: string, dir: string): Repo {
    const [owner = '', name = ''] = fullName.split('/')
    const repo: Repo = {
      ...{ owner, name, id: this.nextId(), git: new BareGit(dir), threads: [], checks: [], statuses: [] },
      ...{ protection: new Map<string, Protection>(), deployments: [], treeLimit: 100_000, autoMergeAllowed: false },
      rights: new Map(),
      merging: { methods: ['merge', 'squash', 'rebase'], deletesBranches: false, drafts: true },
    }
    this.repos.set(fullName, repo)
    return repo
  }

  did(repo: Repo, what: Effect['what'], on: string, sha?: string): void {
    this.effects.push({ what, on, ...(sha ? { sha } : {}) })
    this.hooks.tell(what, { repository: { full_name: `${repo.owner}/${repo.name}` }, on, sha })
  }

  count = (what: Effect['what']): number => this.effects.filter((effect) => effect.what === what).length

  newThread(repo: Repo, thread: Omit<Thread, 'number' | 'state' | 'comments'>): Thread {
    const made: Thread = { ...thread, number: repo.threads.length + 1, state: 'open', comments: [] }
    repo.threads.push(made)
    return made
  }

  /** A person looks at a pull request. */
  async review(repo: Repo, number: number, review: Pick<Review, 'user' | 'association' | 'state'> & { sha?: string }) {
    const { pull } = repo.threads.find((thread) => thread.number === number)!
    const sha = review.sha ?? (await repo.git.head(pull!.head)) ?? ''
    pull!.reviews.push({ ...review, id: this.nextId(), sha, at: this.date().toISOString() })
    this.hooks.tell('pull_request_review', { number })
  }

  mergeWaiting = (repo: Repo): Promise<void> => mergeWaiting(this, repo)

  archiveUrl(repo: Repo, sha: string): string {
    const key = randomUUID()
    this.archives.set(key, { repo, sha })
    return `${this.archiveHost}/${repo.owner}/${repo.name}/legacy.tar.gz/${sha}?token=${key}`
  }

  /** One at a time where something changes, as the service's own locks have it. */
  async answer(call: Call): Promise<Answer> {
    const page = this.site.answer(call)
    if (page) return page
    const login = this.tokens.login(call.headers.authorization)
    if ('status' in login) return login
    if (call.method === 'GET') return this.route(login, call)
    const mine = this.turn.then(() => this.route(login, call))
    this.turn = mine.catch(() => undefined)
    return mine
  }

  private async route(login: Login, call: Call): Promise<Answer> {
    if (login.kind === 'app') return this.asApp(call)
    const answer = await this.inside(login, call)
    // A classic token says its scopes with every answer.
    const scopes: Record<string, string> = login.kind === 'classic' ? { 'x-oauth-scopes': 'repo, workflow' } : {}
    return { ...answer, headers: { ...scopes, ...answer.headers } }
  }

  private async inside(login: Login, call: Call): Promise<Answer> {
    const [first, ...rest] = call.path
    if (first === 'graphql') return graphql(this, login, call)
    if (first !== 'repos') return no(404, 'Not Found')
    const [owner = '', name = '', ...path] = rest
    const repo = this.repos.get(`${owner}/${name}`)
    // What a token may not see is not there.
    if (!repo || !(login.repositories === null || login.repositories.includes(`${owner}/${name}`)))
      return no(404, 'Not Found')
    if (path.length === 0) return ok(wholeRepositoryOf(repo))
    for (const route of ROUTES) {
      const at = route.method === call.method ? matched(route.pattern, path) : null
      if (!at) continue
      const [permission, access] = route.needs
      const who = login.kind === 'installation' ? 'integration' : 'personal access token'
      if (login.kind !== 'classic' && !allows(login.permissions[permission], access))
        return no(403, `Resource not accessible by ${who}`)
      return route.answer({ service: this, repo, login, call, at })
    }
    return no(404, 'Not Found')
  }

  private asApp({ method, path, body }: Call): Answer {
    const [first, second, third, last] = path
    if (method === 'GET' && first === 'app' && second === undefined) {
      const { installations, permissions } = this.tokens
      return ok({ ...appRest(this.tokens), permissions, events: [], installations_count: installations.length })
    }
    if (first === 'repos' && last === 'installation') {
      const found = this.tokens.installations.find(({ repositories }) => repositories.includes(`${second}/${third}`))
      if (!found) return no(404, 'Not Found')
      const { id, owner, permissions, suspended } = found
      return ok({
        ...{ id, app_id: this.tokens.appId, app_slug: this.tokens.slug, permissions, account: userOf(owner) },
        ...{ target_id: 1, target_type: 'Organization', repository_selection: 'selected', single_file_name: null },
        ...{
          access_tokens_url: `${API}/app/installations/${id}/access_tokens`,
          html_url: `${API}/installations/${id}`,
        },
        ...{ repositories_url: `${API}/installation/repositories`, events: [], created_at: WHEN, updated_at: WHEN },
        ...{ suspended_at: suspended ? WHEN : null, suspended_by: suspended ? userOf(owner) : null },
      })
    }
    if (method === 'POST' && first === 'app' && last === 'access_tokens') {
      this.effects.push({ what: 'token', on: String(third) })
      return this.tokens.issue(Number(third), body)
    }
    return no(404, 'Not Found')
  }
}
