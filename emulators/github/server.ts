import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen } from '../listen.ts'
import { type Emulated, emulate, fieldsOf, type Heard } from '../service.ts'
import type { Limit, Reply, Trouble } from '../trouble.ts'
import { fieldOf } from './graphql.ts'
import { GithubService } from './service.ts'
import { type Answer, type Call, no, ok } from './types.ts'

export interface EmulatedGithub extends Emulated {
  service: GithubService
  /** Every call's label, in order. */
  calls: string[]
  /** Headers that arrived at the host of archives. */
  archiveHeaders: IncomingMessage['headers'][]
}

/** What there was to see before anything was done. */
const unseen = ({ path }: Call): Answer => (path.includes('git') ? no(404, 'Not Found') : ok([]))

/**
 * The part of GitHub's API that Nightshift calls, over real git: App and personal tokens with permissions, the Git Data
 * API, pull requests under branch protection, webhooks. What it leaves out: forks, teams, code search, Actions.
 */
export async function emulateGithub(): Promise<EmulatedGithub> {
  const service = new GithubService()
  const calls: string[] = []
  const archiveHeaders: IncomingMessage['headers'][] = []
  const firsts = new Map<string, Answer>()

  async function answer(heard: Heard, trouble: Trouble | null): Promise<Reply> {
    const call = callOf(heard)
    service.renews()
    if (service.remaining <= 0) return told(no(403, 'API rate limit exceeded for installation ID 100.'))
    service.remaining -= 1
    const asked = call.label + call.query
    if (trouble?.kind === 'stale') return told(firsts.get(asked) ?? unseen(call))
    const found = await service.answer(call)
    if (call.method === 'GET' && found.status === 200 && !firsts.has(asked)) firsts.set(asked, found)
    return told(found, call.headers['if-none-match'])
  }

  /** `known`: the tag of what the caller has; that it is still the same costs nothing. */
  function told({ status, json, bytes, headers }: Answer, known?: string): Reply {
    const body = bytes ?? (json === undefined ? '' : JSON.stringify(json))
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`
    const isKnown = status === 200 && known === etag
    if (isKnown) service.remaining += 1
    return {
      ...(isKnown ? { status: 304, body: '' } : { status, body }),
      headers: {
        ...{ 'content-type': 'application/json; charset=utf-8', etag, 'x-ratelimit-limit': '5000' },
        ...{ 'x-ratelimit-resource': 'core', 'x-ratelimit-remaining': String(service.remaining) },
        ...{ 'x-ratelimit-reset': String(Math.ceil(service.renews() / 1000)), ...headers },
      },
    }
  }

  const archives = await listen((request, response) => void archive(request, response))
  service.archiveHost = archives.url

  async function archive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    archiveHeaders.push(request.headers)
    const key = new URL(request.url ?? '/', archives.url).searchParams.get('token') ?? ''
    const wanted = service.archives.get(key)
    if (!wanted) return void response.writeHead(404).end()
    const { repo, sha } = wanted
    const prefix = `--prefix=${repo.owner}-${repo.name}-${sha.slice(0, 7)}/`
    const { out } = await repo.git.run(['archive', '--format=tar.gz', prefix, sha])
    response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(out)
  }

  const api = await emulate({
    note: (heard) => {
      const { label } = callOf(heard)
      calls.push(label)
      return label
    },
    refusal: (status, why) => told(no(status, why)),
    limited: (limit) => told(limited(limit)),
    answer,
  })
  const doors = [api.close, archives.close]
  const close = async () => void (await Promise.all(doors.map((shut) => shut())))
  return Object.assign(api, { close, service, calls, archiveHeaders })
}

function limited({ seconds, secondary, status = 403 }: Limit): Answer {
  if (secondary)
    return { ...no(status, 'You have exceeded a secondary rate limit.'), headers: { 'retry-after': String(seconds) } }
  const reset = String(Math.ceil(Date.now() / 1000) + seconds)
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }
  return { ...no(status, 'API rate limit exceeded'), headers }
}

function callOf(heard: Heard): Call {
  const { method, url, headers } = heard
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const body = isForm ? Object.fromEntries(new URLSearchParams(heard.body.toString('utf8'))) : fieldsOf(heard)
  const path = url.pathname
    .replace(/^\/api(?:\/v3)?\//, '/')
    .split('/')
    .slice(1)
    .map(decodeURIComponent)
  // A name with a slash is one segment or several, as the client wrote it.
  const flat = path.join('/').split('/')
  const field = flat[0] === 'graphql' ? ` ${fieldOf(body.query)}` : ''
  return { method, path: flat, label: `${method} /${flat.join('/')}${field}`, query: url.searchParams, body, headers }
}
