import type { GitlabProject, Request } from './project.ts'

interface Call {
  project: GitlabProject
  body: Record<string, unknown>
  query: URLSearchParams
  at: string[]
}
interface Answer {
  status: number
  data?: unknown
}
interface Route {
  method: string
  on: RegExp
  act(call: Call): Promise<Answer> | Answer
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): string[] => text(value).split(',').filter(Boolean)
const none: Answer = { status: 404, data: { message: '404 Not found' } }
const requestOf = ({ project, at }: Call): Request | undefined =>
  project.requests.find(({ iid }) => iid === Number(at[0]))

/** A page of a list. */
function page(query: URLSearchParams, rows: unknown[]): Answer {
  const size = Number(query.get('per_page') ?? 20)
  const from = (Number(query.get('page') ?? 1) - 1) * size
  return { status: 200, data: rows.slice(from, from + size) }
}

const about =
  (act: (call: Call, request: Request) => Promise<Answer> | Answer) =>
  (call: Call): Promise<Answer> | Answer => {
    const request = requestOf(call)
    return request ? act(call, request) : none
  }

async function open({ project, body }: Call): Promise<Answer> {
  const [source, into] = [text(body.source_branch), text(body.target_branch)]
  if (project.requests.some((one) => one.source === source && one.into === into && one.state === 'opened'))
    return { status: 409, data: { message: ['Another open merge request already exists for this source branch'] } }
  if (!(await project.git.head(source))) return { status: 422, data: { message: ['Source branch does not exist'] } }
  const request: Request = {
    ...{ iid: project.requests.length + 1, title: text(body.title), description: text(body.description), source, into },
    ...{ author: project.me, state: 'opened', labels: list(body.labels), merge: null, last: null },
    ...{ notes: [], approvals: [], reviewers: [], versions: [] },
  }
  project.requests.push(request)
  project.read(request.description)
  project.did('request')
  return { status: 201, data: await project.shown(request) }
}

async function merge({ project, body }: Call, request: Request): Promise<Answer> {
  const head = await project.head(request)
  if (text(body.sha) !== head) return { status: 409, data: { message: 'SHA does not match HEAD of source branch' } }
  const status = await project.status(request)
  if (status !== 'mergeable') return { status: 405, data: { message: '405 Method Not Allowed' } }
  const into = (await project.git.head(request.into)) ?? ''
  const tree = (await project.git.mergeTree(into, head)) ?? ''
  const who = { GIT_AUTHOR_NAME: 'GitLab', GIT_AUTHOR_EMAIL: 'g@example.com' }
  const env = { ...who, GIT_COMMITTER_NAME: 'GitLab', GIT_COMMITTER_EMAIL: 'g@example.com' }
  const args = ['commit-tree', '-p', into, '-p', head, tree]
  const sha = await project.git.line(args, `${text(body.merge_commit_message)}\n`, env)
  if (!(await project.git.move(`refs/heads/${request.into}`, sha, into))) return { status: 409, data: {} }
  Object.assign(request, { state: 'merged', merge: sha, last: head })
  project.did('merge')
  return { status: 200, data: await project.shown(request) }
}

async function requests({ project, query }: Call): Promise<Answer> {
  const [source, into, state] = ['source_branch', 'target_branch', 'state'].map((name) => query.get(name))
  const found = project.requests
    .filter((one) => (!source || one.source === source) && (!into || one.into === into))
    .filter((one) => !state || state === 'all' || one.state === state)
  return page(query, (await Promise.all(found.map((one) => project.shown(one)))).reverse())
}

function note({ project, body }: Call, request: Request): Answer {
  const made = { id: ++project.ids, body: text(body.body).trim(), author: project.me, system: false }
  request.notes.push(made)
  project.read(made.body)
  project.did('note')
  return { status: 201, data: made }
}

function edit({ project, body, at }: Call, request: Request): Answer {
  const found = request.notes.find(({ id }) => id === Number(at[1]))
  if (!found) return none
  found.body = text(body.body).trim()
  project.read(found.body)
  project.did('edit')
  return { status: 200, data: found }
}

function issue({ project, body }: Call): Answer {
  const iid = project.issues.length + 1
  const labels = list(body.labels)
  const made = { iid, title: text(body.title), description: text(body.description), labels, author: project.me }
  project.issues.push({ ...made, state: 'opened' })
  project.read(made.description)
  project.did('issue')
  return { status: 201, data: made }
}

const MR = 'merge_requests/(\\d+)'
const at = (path: string) => new RegExp(`^${path}$`)

export const ROUTES: Route[] = [
  { method: 'GET', on: at('merge_requests'), act: requests },
  { method: 'POST', on: at('merge_requests'), act: open },
  {
    method: 'GET',
    on: at(MR),
    act: about(async ({ project }, one) => ({ status: 200, data: await project.shown(one) })),
  },
  {
    method: 'PUT',
    on: at(MR),
    act: about(async ({ project, body }, one) => {
      if (body.state_event === 'close' && one.state === 'opened') {
        Object.assign(one, { last: await project.head(one), state: 'closed' })
        project.did('close')
      }
      return { status: 200, data: await project.shown(one) }
    }),
  },
  { method: 'PUT', on: at(`${MR}/merge`), act: about(merge) },
  { method: 'GET', on: at(`${MR}/notes`), act: about(({ query }, one) => page(query, one.notes)) },
  { method: 'POST', on: at(`${MR}/notes`), act: about(note) },
  { method: 'PUT', on: at(`${MR}/notes/(\\d+)`), act: about(edit) },
  {
    method: 'GET',
    on: at(`${MR}/approvals`),
    act: about((_, one) => ({ status: 200, data: { approved_by: one.approvals } })),
  },
  { method: 'GET', on: at(`${MR}/versions`), act: about(({ query }, one) => page(query, one.versions)) },
  { method: 'GET', on: at(`${MR}/reviewers`), act: about(({ query }, one) => page(query, one.reviewers)) },
  {
    method: 'GET',
    on: at('members/all/(\\d+)'),
    act: ({ project, at: [id] }) => {
      const level = project.members.get(Number(id))
      return level ? { status: 200, data: { id: Number(id), access_level: level, state: 'active' } } : none
    },
  },
  {
    method: 'GET',
    on: at('repository/commits/([0-9a-f]{40})/statuses'),
    act: ({ project, query, at: [sha] }) =>
      page(
        query,
        project.statuses.filter((one) => one.sha === sha),
      ),
  },
  { method: 'POST', on: at('issues'), act: issue },
  {
    method: 'GET',
    on: at('issues'),
    act: ({ project, query }) =>
      page(
        query,
        project.issues.filter(({ labels }) => !query.get('labels') || labels.includes(query.get('labels') ?? '')),
      ),
  },
]
