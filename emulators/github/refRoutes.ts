import { ZERO } from './git.ts'
import type { Route, Turn } from './routes.ts'
import { urlOf } from './shapes.ts'
import { type Answer, no, ok, type Repo } from './types.ts'

const refBody = (repo: Repo, branch: string, sha: string) => ({
  ...{ ref: `refs/heads/${branch}`, node_id: `R_${branch}`, url: `${urlOf(repo)}/git/refs/heads/${branch}` },
  object: { type: 'commit', sha, url: `${urlOf(repo)}/git/commits/${sha}` },
})

async function get({ repo, at }: Turn): Promise<Answer> {
  const sha = await repo.git.head(at.branch!)
  return sha ? ok(refBody(repo, at.branch!, sha)) : no(404, 'Not Found')
}

async function create({ service, repo, call }: Turn): Promise<Answer> {
  const { ref, sha } = call.body as { ref?: string; sha?: string }
  if (typeof ref !== 'string' || !/^refs\/[^/]+\/.+/.test(ref))
    return no(422, "Reference name must start with 'refs/' and contain at least three characters.")
  if ((await repo.git.type(sha ?? '')) !== 'commit') return no(422, 'Object does not exist')
  if (!(await repo.git.move(ref, sha!, ZERO))) return no(422, 'Reference already exists')
  const branch = ref.replace('refs/heads/', '')
  service.did(repo, 'ref-created', branch, sha)
  return ok(refBody(repo, branch, sha!), 201)
}

async function update({ service, repo, call, at }: Turn): Promise<Answer> {
  const { sha, force } = call.body as { sha?: string; force?: boolean }
  const answer = await move(repo, at.branch!, sha ?? '', null, force === true)
  if (answer !== 'moved') return no(422, answer)
  service.did(repo, 'ref-moved', at.branch!, sha)
  return ok(refBody(repo, at.branch!, sha!))
}

/** Moves a branch; the reason in words where it does not. `from`: where it has to be, null for anywhere. */
export async function move(
  repo: Repo,
  branch: string,
  sha: string,
  from: string | null,
  force: boolean,
): Promise<string> {
  const head = await repo.git.head(branch)
  if (!head) return 'Reference does not exist'
  if ((await repo.git.type(sha)) !== 'commit') return 'Object does not exist'
  if (from !== null && from !== head) return `is at ${head} but expected ${from}`
  if (repo.protection.get(branch)?.pullsOnly)
    return 'Repository rule violations found\n\nChanges must be made through a pull request.'
  if (!force && !(await repo.git.isAncestor(head, sha))) return 'Update is not a fast forward'
  return (await repo.git.move(`refs/heads/${branch}`, sha, head)) ? 'moved' : 'Reference cannot be updated'
}

const commitOf = (repo: Repo, sha: string) => ({ sha, url: `${urlOf(repo)}/commits/${sha}` })

async function branches({ repo, call }: Turn): Promise<Answer> {
  const { out } = await repo.git.run(['for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads'])
  const size = Number(call.query.get('per_page') ?? 30)
  const from = (Number(call.query.get('page') ?? 1) - 1) * size
  const rows = out
    .toString()
    .split('\n')
    .filter(Boolean)
    .slice(from, from + size)
  return ok(rows.map((row) => ({ name: row.slice(41), commit: commitOf(repo, row.slice(0, 40)), protected: false })))
}

export const refRoutes: Route[] = [
  { method: 'GET', pattern: 'branches', needs: ['contents', 'read'], answer: branches },
  { method: 'GET', pattern: 'git/ref/heads/branch*', needs: ['contents', 'read'], answer: get },
  { method: 'POST', pattern: 'git/refs', needs: ['contents', 'write'], answer: create },
  { method: 'PATCH', pattern: 'git/refs/heads/branch*', needs: ['contents', 'write'], answer: update },
]
