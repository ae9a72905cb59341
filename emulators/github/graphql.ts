import { blockedBy, isPull, mergeNow, type PullThread } from './pullRoutes.ts'
import { move } from './refRoutes.ts'
import type { GithubService } from './service.ts'
import { allows } from './tokens.ts'
import { type Access, type Answer, type Call, type Login, ok, type Repo } from './types.ts'

/** What queries and mutations name, each where it has it. */
interface Variables {
  owner?: string
  name?: string
  number?: number
  oid?: string
  path?: string
  input?: { repositoryId?: string; pullRequestId?: string; expectedHeadOid?: string; refUpdates?: RefUpdate[] }
}

interface Asked {
  service: GithubService
  login: Login
  variables: Variables
}

const failed = (type: string, message: string): Answer => ok({ data: null, errors: [{ type, message, path: [] }] })

interface Field {
  needs: [string, Access]
  repo(asked: Asked): Repo | undefined
  answer(asked: Asked, repo: Repo): Promise<Answer>
}

const byPull = ({ service, variables }: Asked) =>
  [...service.repos.values()].find((repo) => pullOf(repo, variables.input?.pullRequestId))

const pullOf = (repo: Repo, nodeId: string | undefined): PullThread | undefined =>
  repo.threads.filter(isPull).find(({ number }) => `PR_${number}` === nodeId)

/** The queries and mutations that have no REST form, by their first field. */
const FIELDS: Record<string, Field> = {
  repository: {
    needs: ['contents', 'read'],
    repo: ({ service, variables }) => service.repos.get(`${variables.owner}/${variables.name}`),
    answer: (asked, repo) => (asked.variables.number === undefined ? blame(asked, repo) : queueOf(asked, repo)),
  },
  updateRefs: {
    needs: ['contents', 'write'],
    repo: ({ service, variables }) =>
      [...service.repos.values()].find(({ id }) => `R_${id}` === variables.input?.repositoryId),
    answer: updateRefs,
  },
  enablePullRequestAutoMerge: { needs: ['pull_requests', 'write'], repo: byPull, answer: autoMerge },
  markPullRequestReadyForReview: { needs: ['pull_requests', 'write'], repo: byPull, answer: ready },
  enqueuePullRequest: { needs: ['pull_requests', 'write'], repo: byPull, answer: enqueue },
}

/** The first field of a query's first selection: `mutation M($x: I!) { updateRefs(…` is `updateRefs`. */
export const fieldOf = (query: unknown): string => /\{\s*(\w+)/.exec(String(query))?.[1] ?? ''

export async function graphql(service: GithubService, login: Login, call: Call): Promise<Answer> {
  if (fieldOf(call.body.query) === 'viewer') return ok({ data: { viewer: { login: login.name } } })
  const field = FIELDS[fieldOf(call.body.query)]
  if (!field) return failed('undefinedField', 'The emulator knows no such field.')
  const asked = { service, login, variables: (call.body.variables ?? {}) as Variables }
  const repo = field.repo(asked)
  const mayLook = repo && (login.repositories === null || login.repositories.includes(`${repo.owner}/${repo.name}`))
  if (!repo || !mayLook) return failed('NOT_FOUND', 'Could not resolve to a node with the global id.')
  if (!allows(login.permissions[field.needs[0]], field.needs[1]))
    return failed('FORBIDDEN', 'Resource not accessible by integration')
  return field.answer(asked, repo)
}

async function blame({ variables }: Asked, repo: Repo): Promise<Answer> {
  const { oid = '', path = '' } = variables
  if ((await repo.git.type(oid)) !== 'commit') return ok({ data: { repository: { object: null } } })
  const { status, out } = await repo.git.run(['blame', '--porcelain', oid, '--', path])
  if (status !== 0) return failed('NOT_FOUND', `Could not resolve to a file at ${path}.`)
  const ranges: { startingLine: number; endingLine: number; commit: { oid: string } }[] = []
  for (const [, sha = '', line = ''] of out.toString('latin1').matchAll(/^([0-9a-f]{40}) \d+ (\d+)/gm)) {
    const last = ranges.at(-1)
    const at = Number(line)
    if (last && last.commit.oid === sha && last.endingLine === at - 1) last.endingLine = at
    else ranges.push({ startingLine: at, endingLine: at, commit: { oid: sha } })
  }
  return ok({ data: { repository: { object: { blame: { ranges } } } } })
}

function queueOf({ variables }: Asked, repo: Repo): Promise<Answer> {
  const isInMergeQueue = pullOf(repo, `PR_${variables.number}`)?.pull.queued ?? false
  return Promise.resolve(ok({ data: { repository: { pullRequest: { isInMergeQueue } } } }))
}

interface RefUpdate {
  name: string
  beforeOid?: string
  afterOid: string
  force?: boolean
}

async function updateRefs({ service, variables }: Asked, repo: Repo): Promise<Answer> {
  for (const { name, beforeOid, afterOid, force } of variables.input?.refUpdates ?? []) {
    const branch = name.replace('refs/heads/', '')
    const answer = await move(repo, branch, afterOid, beforeOid ?? null, force === true)
    if (answer !== 'moved') return failed('UNPROCESSABLE', answer)
    service.did(repo, 'ref-moved', branch, afterOid)
  }
  return ok({ data: { updateRefs: { clientMutationId: null } } })
}

async function autoMerge({ service, login, variables }: Asked, repo: Repo): Promise<Answer> {
  const thread = pullOf(repo, variables.input?.pullRequestId)!
  if (!repo.autoMergeAllowed) return failed('UNPROCESSABLE', 'Auto merge is not allowed for this repository')
  if (variables.input?.expectedHeadOid !== (await repo.git.head(thread.pull.head)))
    return failed('UNPROCESSABLE', 'The head of the pull request was modified')
  if (!(await blockedBy(repo, thread))) return failed('UNPROCESSABLE', 'Pull request Pull request is in clean status')
  thread.pull.autoMerge = true
  service.did(repo, 'auto-merge', String(thread.number))
  service.autoMergeBy = login
  return ok({ data: { enablePullRequestAutoMerge: { clientMutationId: null } } })
}

async function ready({ service, variables }: Asked, repo: Repo): Promise<Answer> {
  const thread = pullOf(repo, variables.input?.pullRequestId)!
  if (thread.state !== 'open' || !thread.pull.draft) return failed('UNPROCESSABLE', 'Pull request is not a draft')
  thread.pull.draft = false
  service.did(repo, 'ready', String(thread.number))
  return ok({ data: { markPullRequestReadyForReview: { clientMutationId: null } } })
}

async function enqueue({ service, variables }: Asked, repo: Repo): Promise<Answer> {
  const thread = pullOf(repo, variables.input?.pullRequestId)!
  if (!repo.protection.get(thread.pull.base)?.queue)
    return failed('UNPROCESSABLE', 'The base branch has no merge queue')
  if (variables.input?.expectedHeadOid !== (await repo.git.head(thread.pull.head)))
    return failed('UNPROCESSABLE', 'The head of the pull request was modified')
  if (thread.pull.queued) return failed('UNPROCESSABLE', 'The pull request is already in the queue')
  thread.pull.queued = true
  service.did(repo, 'queued', String(thread.number))
  return ok({ data: { enqueuePullRequest: { clientMutationId: null } } })
}

/** What the service does by itself, a moment later: takes the next of the queue, or one whose protection is content. */
export async function mergeWaiting(service: GithubService, repo: Repo): Promise<void> {
  for (const thread of repo.threads.filter(isPull)) {
    if (thread.state !== 'open' || !(thread.pull.queued || thread.pull.autoMerge)) continue
    if (!(await blockedBy(repo, thread))) await mergeNow({ service, repo }, thread, service.autoMergeBy)
  }
}
