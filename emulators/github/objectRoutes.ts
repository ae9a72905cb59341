import { commitBody, writeCommit } from './commits.ts'
import type { Route, Turn } from './routes.ts'
import { urlOf } from './shapes.ts'
import { type Answer, no, ok } from './types.ts'

async function commit({ repo, at }: Turn): Promise<Answer> {
  if ((await repo.git.type(at.sha!)) !== 'commit') return no(404, 'Not Found')
  return ok(await commitBody(repo, at.sha!))
}

async function createCommit({ service, repo, login, call }: Turn): Promise<Answer> {
  const { message, parents = [], author } = call.body
  const tree = String(call.body.tree)
  if (typeof message !== 'string' || message === '') return no(422, 'Invalid request. "message" wasn\'t supplied.')
  if ((await repo.git.type(tree)) !== 'tree') return no(422, 'Tree SHA does not exist')
  for (const parent of parents)
    if ((await repo.git.type(parent)) !== 'commit')
      return no(422, 'Parent SHA does not exist or is not a commit object')
  const sha = await writeCommit(repo.git, login, { message, tree, parents, author }, service.date())
  service.did(repo, 'commit', message.split('\n')[0]!, sha)
  return ok(await commitBody(repo, sha), 201)
}

async function tree({ repo, call, at }: Turn): Promise<Answer> {
  const type = await repo.git.type(at.sha!)
  if (type !== 'tree' && type !== 'commit') return no(404, 'Not Found')
  const sha = await repo.git.treeOf(at.sha!)
  const rows = await repo.git.rows(sha, call.query.has('recursive'))
  const shown = rows.slice(0, repo.treeLimit)
  return ok({
    ...{ sha, url: `${urlOf(repo)}/git/trees/${sha}`, truncated: rows.length > shown.length },
    tree: shown.map(({ size, ...row }) => ({
      ...{ ...row, ...(size === null ? {} : { size }), url: `${urlOf(repo)}/git/${row.type}s/${row.sha}` },
    })),
  })
}

interface Asked {
  path?: string
  mode?: string
  type?: string
  sha?: string | null
  content?: string
}

async function createTree({ service, repo, call }: Turn): Promise<Answer> {
  const { base_tree: base, tree: asked } = call.body as { base_tree?: string; tree?: Asked[] }
  if (!Array.isArray(asked) || asked.length === 0) return no(422, 'Invalid tree info')
  if (base !== undefined && !(await repo.git.type(base))) return no(404, 'Not Found')
  const rows: string[] = []
  for (const { path, mode, sha, content } of asked) {
    if (!path || /(^|\/)(\.{0,2}|\.git)(\/|$)/.test(path))
      return no(422, 'tree.path contains a malformed path component')
    if (sha === null) {
      rows.push(`0 ${'0'.repeat(40)}\t${path}\0`)
      continue
    }
    if (!mode || !/^(100644|100755|120000|160000|040000)$/.test(mode)) return no(422, `Must supply a valid tree.mode`)
    const oid = content === undefined ? sha : await repo.git.line(['hash-object', '-w', '--stdin'], content)
    if (!oid || (mode !== '160000' && !(await repo.git.type(oid))))
      return no(422, `tree.sha ${oid} is not a valid object`)
    rows.push(`${mode} ${oid}\t${path}\0`)
  }
  const made = await repo.git.treeFrom(base ?? null, rows)
  service.did(repo, 'tree', made, made)
  return ok({ sha: made, url: `${urlOf(repo)}/git/trees/${made}`, truncated: false, tree: [] }, 201)
}

async function blob({ repo, at }: Turn): Promise<Answer> {
  if ((await repo.git.type(at.sha!)) !== 'blob') return no(404, 'Not Found')
  const { out } = await repo.git.run(['cat-file', 'blob', at.sha!])
  // Base64 with line breaks in it, as the service sends it.
  const content = (out.toString('base64').match(/.{1,60}/g) ?? []).map((line) => `${line}\n`).join('')
  const url = `${urlOf(repo)}/git/blobs/${at.sha}`
  return ok({ sha: at.sha, node_id: `B_${at.sha}`, url, size: out.length, encoding: 'base64', content })
}

async function createBlob({ service, repo, call }: Turn): Promise<Answer> {
  const { content, encoding = 'utf-8' } = call.body as { content?: string; encoding?: string }
  if (typeof content !== 'string') return no(422, 'Invalid request. "content" wasn\'t supplied.')
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')
  const sha = await repo.git.line(['hash-object', '-w', '--stdin'], bytes)
  service.did(repo, 'blob', sha, sha)
  return ok({ sha, url: `${urlOf(repo)}/git/blobs/${sha}` }, 201)
}

export const objectRoutes: Route[] = [
  { method: 'GET', pattern: 'git/commits/{sha}', needs: ['contents', 'read'], answer: commit },
  { method: 'POST', pattern: 'git/commits', needs: ['contents', 'write'], answer: createCommit },
  { method: 'GET', pattern: 'git/trees/{sha}', needs: ['contents', 'read'], answer: tree },
  { method: 'POST', pattern: 'git/trees', needs: ['contents', 'write'], answer: createTree },
  { method: 'GET', pattern: 'git/blobs/{sha}', needs: ['contents', 'read'], answer: blob },
  { method: 'POST', pattern: 'git/blobs', needs: ['contents', 'write'], answer: createBlob },
]
