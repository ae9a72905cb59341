import { writeCommit } from './commits.ts'
import { threadBody, threadOf } from './issueRoutes.ts'
import type { Route, Turn } from './routes.ts'
import { endRepositoryOf, pullRest, reviewRest, userOf, WHEN } from './shapes.ts'
import { type Answer, type Login, no, ok, type Pull, type Repo, type Thread } from './types.ts'

export type PullThread = Thread & { pull: Pull }

export const isPull = (thread: Thread | undefined): thread is PullThread => !!thread?.pull

/** `look`: of a request by itself, and whether it was found out meanwhile that it can be merged; null: of one in a list. */
async function pullBody(repo: Repo, thread: PullThread, look: { mergeable: boolean | null } | null = null) {
  const { head, base, draft, merged, autoMerge, endedAt } = thread.pull
  const end = async (ref: string) => ({
    ...{ ref, label: `${repo.owner}:${ref}`, sha: (await repo.git.head(ref)) ?? merged?.sha ?? '' },
    ...{ repo: endRepositoryOf(repo), user: userOf(repo.owner) },
  })
  const [from, into] = [await end(head), await end(base)]
  if (endedAt) from.sha = endedAt
  const by = userOf(thread.user)
  return {
    ...{ ...threadBody(repo, thread), ...pullRest(repo, thread.number, from.sha, look !== null) },
    ...{ draft, merge_commit_sha: merged?.sha ?? null, merged_at: merged ? WHEN : null, head: from, base: into },
    auto_merge: autoMerge ? { enabled_by: by, merge_method: 'merge', commit_title: '', commit_message: '' } : null,
    ...(look && {
      ...{ merged: merged !== null, mergeable: look.mergeable, merged_by: merged ? userOf(merged.by) : null },
      mergeable_state: look.mergeable === null ? 'unknown' : look.mergeable ? await stateOf(repo, thread) : 'dirty',
    }),
  }
}

const UNKNOWN = { mergeable: null }

const stateOf = async (repo: Repo, thread: PullThread): Promise<string> =>
  thread.pull.draft ? 'draft' : (await blockedBy(repo, thread)) ? 'blocked' : 'clean'

/** Why protection lets nobody merge it yet, in the service's words. */
export async function blockedBy(repo: Repo, { pull }: PullThread): Promise<string | null> {
  const rule = repo.protection.get(pull.base)
  if (!rule) return null
  const sha = await repo.git.head(pull.head)
  const latest = new Map(
    pull.reviews.filter((review) => review.state !== 'COMMENTED').map((review) => [review.user, review]),
  )
  const approvals = [...latest.values()].filter((review) => review.state === 'APPROVED' && review.sha === sha)
  if (approvals.length < rule.approvals)
    return `At least ${rule.approvals} approving review is required by reviewers with write access.`
  const green = (name: string) =>
    repo.checks.some((run) => run.name === name && run.sha === sha && run.conclusion === 'success')
  const waiting = rule.checks.filter((name) => !green(name))
  return waiting.length > 0 ? `Required status check "${waiting[0]}" is expected.` : null
}

async function create({ service, repo, login, call }: Turn): Promise<Answer> {
  const { title = '', head: asked, base = '', body = '', draft = false } = call.body
  const invalid = (message: string) =>
    no(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', code: 'custom', message }] })
  const head = String(asked).replace(`${repo.owner}:`, '')
  const [from, to] = [await repo.git.head(head), await repo.git.head(base)]
  if (!from)
    return no(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', field: 'head', code: 'invalid' }] })
  if (!to)
    return no(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', field: 'base', code: 'invalid' }] })
  const twin = repo.threads.find(({ pull, state }) => state === 'open' && pull?.head === head && pull.base === base)
  if (twin) return invalid(`A pull request already exists for ${repo.owner}:${head}.`)
  if (await repo.git.isAncestor(from, to)) return invalid(`No commits between ${base} and ${head}`)
  if (draft && !repo.merging.drafts) return invalid('Draft pull requests are not supported in this repository.')
  const ends = { merged: null, endedAt: null, queued: false, autoMerge: false }
  const pull = { head, base, draft, reviews: [], looks: 0, ...ends }
  const thread = service.newThread(repo, { title, body, labels: [], user: login.name, pull }) as PullThread
  service.did(repo, 'pull', String(thread.number), from)
  return ok(await pullBody(repo, thread, UNKNOWN), 201)
}

async function list({ repo, call }: Turn): Promise<Answer> {
  const state = call.query.get('state') ?? 'open'
  const [head, base] = [call.query.get('head'), call.query.get('base')]
  const found = repo.threads
    .filter(isPull)
    .filter(
      (thread) =>
        (state === 'all' || thread.state === state) &&
        (!head || head === `${repo.owner}:${thread.pull.head}`) &&
        (!base || base === thread.pull.base),
    )
  return ok(await Promise.all(found.reverse().map((thread) => pullBody(repo, thread))))
}

async function get(turn: Turn): Promise<Answer> {
  const thread = threadOf(turn)
  if (!isPull(thread)) return no(404, 'Not Found')
  const { repo } = turn
  const { pull } = thread
  pull.looks += 1
  if (pull.looks === 1 || pull.merged) return ok(await pullBody(repo, thread, UNKNOWN))
  const [from, to] = [await repo.git.head(pull.head), await repo.git.head(pull.base)]
  const mergeable = !!from && !!to && (await repo.git.mergeTree(to, from)) !== null
  return ok(await pullBody(repo, thread, { mergeable }))
}

async function edit(turn: Turn): Promise<Answer> {
  const thread = threadOf(turn)
  if (!isPull(thread)) return no(404, 'Not Found')
  const { title, body, state } = turn.call.body
  if (state === 'closed' && thread.state === 'open')
    Object.assign(thread.pull, { endedAt: await turn.repo.git.head(thread.pull.head), queued: false, autoMerge: false })
  if (state === 'open' && thread.state === 'closed') thread.pull.endedAt = null
  Object.assign(
    thread,
    title !== undefined && { title },
    body !== undefined && { body },
    state !== undefined && { state },
  )
  turn.service.did(turn.repo, 'pull-edited', String(thread.number))
  return ok(await pullBody(turn.repo, thread, UNKNOWN))
}

const METHODS: Record<string, string> = { merge: 'Merge commits', squash: 'Squash merges', rebase: 'Rebase merges' }

async function merge(turn: Turn): Promise<Answer> {
  const thread = threadOf(turn)
  if (!isPull(thread)) return no(404, 'Not Found')
  const { sha, merge_method: method = 'merge', commit_title: title, commit_message: rest = '' } = turn.call.body
  const head = await turn.repo.git.head(thread.pull.head)
  if (thread.pull.draft) return no(405, 'Pull Request is still a draft')
  if (thread.state !== 'open') return no(405, 'Pull Request is not mergeable')
  if (sha !== undefined && sha !== head) return no(409, 'Head branch was modified. Review and try the merge again.')
  if (!turn.repo.merging.methods.some((allowed) => allowed === method))
    return no(405, `${METHODS[method] ?? method} are not allowed on this repository.`)
  if (turn.repo.protection.get(thread.pull.base)?.queue) return no(405, 'Changes must be made through the merge queue')
  const blocked = await blockedBy(turn.repo, thread)
  if (blocked) return no(405, blocked)
  const made = await mergeNow(turn, thread, turn.login, method, title && [title, rest].filter(Boolean).join('\n\n'))
  return made
    ? ok({ sha: made, merged: true, message: 'Pull Request successfully merged' })
    : no(405, 'Pull Request is not mergeable')
}

/** The merge itself; null where the two conflict. */
export async function mergeNow(
  { service, repo }: Pick<Turn, 'service' | 'repo'>,
  thread: PullThread,
  by: Login,
  method = 'merge',
  title?: string,
): Promise<string | null> {
  const { pull, number } = thread
  const [head, base] = [await repo.git.head(pull.head), await repo.git.head(pull.base)]
  const tree = head && base ? await repo.git.mergeTree(base, head) : null
  if (!head || !base || !tree) return null
  const message = title ?? `Merge pull request #${number} from ${repo.owner}/${pull.head}`
  // A rebase of one commit is that commit once more, on the base.
  const parents = method === 'merge' ? [base, head] : [base]
  const sha = await writeCommit(repo.git, by, { message, tree, parents }, service.date())
  if (!(await repo.git.move(`refs/heads/${pull.base}`, sha, base))) return null
  Object.assign(pull, { merged: { sha, by: by.name }, endedAt: head, queued: false, autoMerge: false })
  thread.state = 'closed'
  service.did(repo, 'merge', String(number), sha)
  if (repo.merging.deletesBranches && !repo.protection.has(pull.head)) {
    await repo.git.run(['update-ref', '-d', `refs/heads/${pull.head}`, head])
    service.did(repo, 'ref-deleted', pull.head)
  }
  return sha
}

function reviews(turn: Turn): Answer {
  const thread = threadOf(turn)
  if (!isPull(thread)) return no(404, 'Not Found')
  const size = Number(turn.call.query.get('per_page') ?? 30)
  const page = Number(turn.call.query.get('page') ?? 1)
  const shown = thread.pull.reviews.slice((page - 1) * size, page * size)
  return ok(
    shown.map(({ id, user, association, state, sha, at }) => ({
      ...{ id, user: userOf(user), author_association: association, state, commit_id: sha },
      ...{ ...reviewRest(turn.repo, thread.number, id), submitted_at: at },
    })),
  )
}

export const pullRoutes: Route[] = [
  { method: 'POST', pattern: 'pulls', needs: ['pull_requests', 'write'], answer: create },
  { method: 'GET', pattern: 'pulls', needs: ['pull_requests', 'read'], answer: list },
  { method: 'GET', pattern: 'pulls/{number}', needs: ['pull_requests', 'read'], answer: get },
  { method: 'PATCH', pattern: 'pulls/{number}', needs: ['pull_requests', 'write'], answer: edit },
  { method: 'PUT', pattern: 'pulls/{number}/merge', needs: ['contents', 'write'], answer: merge },
  { method: 'GET', pattern: 'pulls/{number}/reviews', needs: ['pull_requests', 'read'], answer: reviews },
]
