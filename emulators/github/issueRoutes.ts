import type { Route, Turn } from './routes.ts'
import { commentRest, issueRest, labelOf, urlOf, userOf } from './shapes.ts'
import { type Answer, no, ok, type Repo, type Thread } from './types.ts'

export const threadOf = ({ repo, at }: Turn): Thread | undefined =>
  repo.threads.find(({ number }) => number === Number(at.number))

/** What an issue and a pull request have in common. */
export const threadBody = (repo: Repo, { number, title, body, state, user, labels }: Thread) => ({
  ...{ id: 9000 + number, number, title, body, state, user: userOf(user), author_association: 'NONE' },
  labels: labels.map((name) => labelOf(name, repo)),
})

function issueBody(repo: Repo, thread: Thread) {
  const pull = `${urlOf(repo)}/pulls/${thread.number}`
  return {
    ...{ ...threadBody(repo, thread), ...issueRest(repo, thread.number) },
    ...(thread.pull ? { pull_request: { url: pull, html_url: pull, diff_url: pull, patch_url: pull } } : {}),
  }
}

const commentBody = (repo: Repo, { id, body, user }: Thread['comments'][number]) => ({
  ...{ id, body, user: userOf(user), author_association: 'NONE', ...commentRest(repo, id) },
})

function create({ service, repo, login, call }: Turn): Answer {
  const { title, body = '', labels = [] } = call.body
  if (typeof title !== 'string' || title === '') return no(422, 'Validation Failed')
  const thread = service.newThread(repo, { title, body, labels, user: login.name, pull: null })
  service.did(repo, 'issue', String(thread.number))
  return ok(issueBody(repo, thread), 201)
}

function list({ repo, call }: Turn): Answer {
  const state = call.query.get('state') ?? 'open'
  const labels = (call.query.get('labels') ?? '').split(',').filter(Boolean)
  const found = repo.threads.filter(
    (thread) => (state === 'all' || thread.state === state) && labels.every((label) => thread.labels.includes(label)),
  )
  return ok(paged(found.map((thread) => issueBody(repo, thread)).reverse(), call.query))
}

const paged = <T>(all: T[], query: URLSearchParams): T[] => {
  const size = Number(query.get('per_page') ?? 30)
  const from = (Number(query.get('page') ?? 1) - 1) * size
  return all.slice(from, from + size)
}

function edit(turn: Turn): Answer {
  const thread = threadOf(turn)
  if (!thread) return no(404, 'Not Found')
  const { title, body, state } = turn.call.body
  Object.assign(
    thread,
    title !== undefined && { title },
    body !== undefined && { body },
    state !== undefined && { state },
  )
  turn.service.did(turn.repo, 'issue-edited', String(thread.number))
  return ok(issueBody(turn.repo, thread))
}

function label(turn: Turn): Answer {
  const thread = threadOf(turn)
  if (!thread) return no(404, 'Not Found')
  const fresh = (turn.call.body.labels as string[]).filter((name) => !thread.labels.includes(name))
  thread.labels.push(...fresh)
  for (const name of fresh) turn.service.did(turn.repo, 'label', `${thread.number} ${name}`)
  return ok(thread.labels.map((name) => labelOf(name, turn.repo)))
}

function comments(turn: Turn): Answer {
  const thread = threadOf(turn)
  if (!thread) return no(404, 'Not Found')
  const all = thread.comments.map((one) => commentBody(turn.repo, one))
  return ok(paged(all, turn.call.query))
}

function comment(turn: Turn): Answer {
  const thread = threadOf(turn)
  if (!thread) return no(404, 'Not Found')
  const made = { id: turn.service.nextId(), body: String(turn.call.body.body), user: turn.login.name }
  thread.comments.push(made)
  turn.service.did(turn.repo, 'comment', String(thread.number))
  return ok(commentBody(turn.repo, made), 201)
}

function editComment({ service, repo, login, call, at }: Turn): Answer {
  const all = repo.threads.flatMap((thread) => thread.comments)
  const found = all.find(({ id }) => id === Number(at.id))
  if (!found) return no(404, 'Not Found')
  if (found.user !== login.name) return no(403, 'Resource not accessible by integration')
  found.body = String(call.body.body)
  service.did(repo, 'comment-edited', String(found.id))
  return ok(commentBody(repo, found))
}

export const issueRoutes: Route[] = [
  { method: 'POST', pattern: 'issues', needs: ['issues', 'write'], answer: create },
  { method: 'GET', pattern: 'issues', needs: ['issues', 'read'], answer: list },
  { method: 'PATCH', pattern: 'issues/{number}', needs: ['issues', 'write'], answer: edit },
  { method: 'POST', pattern: 'issues/{number}/labels', needs: ['issues', 'write'], answer: label },
  { method: 'GET', pattern: 'issues/{number}/comments', needs: ['issues', 'read'], answer: comments },
  { method: 'POST', pattern: 'issues/{number}/comments', needs: ['issues', 'write'], answer: comment },
  { method: 'PATCH', pattern: 'issues/comments/{id}', needs: ['issues', 'write'], answer: editComment },
]
