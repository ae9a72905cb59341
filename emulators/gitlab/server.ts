import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from '../git/backend.ts'
import { type GitHost, serveGit } from '../git/https.ts'
import { BareGit } from '../github/git.ts'
import { GitlabProject, type Person } from './project.ts'
import { ROUTES } from './routes.ts'

export interface EmulatedGitlab extends GitHost {
  project: GitlabProject
}

const json = (status: number, data: unknown): Page => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(data === undefined ? '' : JSON.stringify(data)),
})

/**
 * The part of GitLab's API v4 that Nightshift calls, with its git over HTTPS, over one real repository: project access
 * tokens, merge requests with approvals and pipelines, notes that carry out quick actions, issues. Left out: forks, merge trains.
 */
export async function emulateGitlab(path: string, repository: string): Promise<EmulatedGitlab> {
  const root = mkdtempSync(join(tmpdir(), 'gitlab-'))
  mkdirSync(dirname(join(root, path)), { recursive: true })
  symlinkSync(repository, join(root, `${path}.git`))
  const host = await serveGit(root)
  const project = new GitlabProject(path, new BareGit(repository))
  const close = host.close
  host.pages = async (request, body) => {
    const token = String(request.headers['private-token'] ?? '')
    const may = host.tokens.get(token)
    if (!may) return json(401, { message: '401 Unauthorized' })
    if (may === 'read' && request.method !== 'GET') return json(403, { error: 'insufficient_scope' })
    const { status, data } = await answer(project, request, body)
    return json(status, data)
  }
  return Object.assign(host, {
    project,
    close: async () => {
      await close()
      rmSync(root, { recursive: true, force: true })
    },
  })
}

async function answer(project: GitlabProject, request: IncomingMessage, bytes: Buffer) {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const body = bytes.length > 0 ? (JSON.parse(bytes.toString('utf8')) as Record<string, unknown>) : {}
  if (url.pathname === '/api/v4/personal_access_tokens/self')
    return project.token ? { status: 200, data: project.token } : { status: 404, data: { message: '404 Not Found' } }
  if (url.pathname === '/api/v4/user') return { status: 200, data: project.me satisfies Person }
  const prefix = `/api/v4/projects/${encodeURIComponent(project.path)}/`
  if (!url.pathname.startsWith(prefix)) return { status: 404, data: { message: '404 Project Not Found' } }
  const path = url.pathname.slice(prefix.length)
  for (const { method, on, act } of ROUTES) {
    const at = method === request.method ? on.exec(path) : null
    if (at) return act({ project, body, query: url.searchParams, at: at.slice(1) })
  }
  return { status: 404, data: { error: '404 Not Found' } }
}
