import { listedCommit } from './commits.ts'
import type { Route, Turn } from './routes.ts'
import { fileOf, urlOf } from './shapes.ts'
import { type Answer, no, ok, type Repo } from './types.ts'

/** A sha or a branch, as a commit. */
async function resolve(repo: Repo, name: string): Promise<string | null> {
  return (await repo.git.type(name)) === 'commit' ? name : repo.git.head(name)
}

function page<T>(all: T[], query: URLSearchParams, most = 100): T[] {
  const size = Math.min(Number(query.get('per_page') ?? 30), most)
  const from = (Number(query.get('page') ?? 1) - 1) * size
  return all.slice(from, from + size)
}

async function compare({ repo, call, at }: Turn): Promise<Answer> {
  const [from = '', to = ''] = at.basehead!.split('...')
  const [base, head] = [await resolve(repo, from), await resolve(repo, to)]
  if (!base || !head) return no(404, 'Not Found')
  const common = await repo.git.mergeBase(base, head)
  if (!common) return no(404, `No common ancestor between ${from} and ${to}.`)
  const [ahead, behind] = [await repo.git.count(base, head), await repo.git.count(head, base)]
  const status =
    ahead.length === 0 ? (behind.length === 0 ? 'identical' : 'behind') : behind.length === 0 ? 'ahead' : 'diverged'
  const shown = await Promise.all(page(ahead, call.query).map((sha) => listedCommit(repo, sha)))
  const { out } = await repo.git.run(['diff-tree', '-r', '-z', '--name-only', common, head])
  const files = out.toString().split('\0').filter(Boolean).slice(0, 300)
  const address = `${urlOf(repo)}/compare/${at.basehead}`
  return ok({
    ...{ status, ahead_by: ahead.length, behind_by: behind.length, total_commits: ahead.length, commits: shown },
    ...Object.fromEntries(['url', 'html_url', 'permalink_url', 'diff_url', 'patch_url'].map((name) => [name, address])),
    base_commit: await listedCommit(repo, base),
    merge_base_commit: await listedCommit(repo, common),
    // Files come with the first page alone.
    ...(Number(call.query.get('page') ?? 1) === 1 ? { files: files.map((filename) => fileOf(repo, filename)) } : {}),
  })
}

async function list({ repo, call }: Turn): Promise<Answer> {
  const sha = await resolve(repo, call.query.get('sha') ?? 'main')
  if (!sha) return no(404, 'Not Found')
  const path = call.query.get('path')
  const { out } = await repo.git.run(['rev-list', sha, ...(path ? ['--', path] : [])])
  const shas = page(out.toString().split('\n').filter(Boolean), call.query)
  return ok(await Promise.all(shas.map((one) => listedCommit(repo, one))))
}

/** Archives are handed out by another host, at an address that holds for a while. */
async function tarball({ service, repo, at }: Turn): Promise<Answer> {
  const sha = await resolve(repo, at.ref!)
  if (!sha) return no(404, 'Not Found')
  return { status: 302, headers: { location: service.archiveUrl(repo, sha) } }
}

export const commitRoutes: Route[] = [
  { method: 'GET', pattern: 'compare/{basehead}', needs: ['contents', 'read'], answer: compare },
  { method: 'GET', pattern: 'commits', needs: ['contents', 'read'], answer: list },
  { method: 'GET', pattern: 'tarball/ref*', needs: ['contents', 'read'], answer: tarball },
]
