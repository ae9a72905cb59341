import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fieldOf } from './graphql.ts'
import { GithubService } from './service.ts'
import { type Answer, type Call, no, ok } from './types.ts'

/**
 * What goes wrong with a call: an error `before` or `after` its work is done, an answer that is `lost`, one that `hangs`
 * after the work, a limit, a delay, a list as it was when it was first asked for, or a redirect.
 */
export type Trouble =
  | { kind: 'before' | 'after'; status: number }
  | { kind: 'lost' | 'hangs' | 'stale' | 'huge' }
  | { kind: 'limit'; seconds: number; secondary?: boolean; status?: 403 | 429 }
  | { kind: 'slow'; ms: number }
  | { kind: 'redirects'; to: string }
  /** Anything at all, where a parser is to be tried. */
  | { kind: 'says'; json: unknown }

/** One trouble for the calls whose label it matches, so many times. */
export interface Fault {
  on: RegExp
  times: number
  what: Trouble
}

export interface EmulatedGithub {
  url: string
  service: GithubService
  faults: Fault[]
  /** Every call's label, in order. */
  calls: string[]
  /** Headers that arrived at the host of archives. */
  archiveHeaders: IncomingMessage['headers'][]
  close(): Promise<void>
}

/** What there was to see before anything was done. */
const unseen = ({ path }: Call): Answer => (path.includes('git') ? no(404, 'Not Found') : ok([]))

const HUGE = 80 * 1024 * 1024

/**
 * The part of GitHub's API that Nightshift calls, over real git: App and personal tokens with permissions, the Git Data
 * API, pull requests under branch protection, webhooks. What it leaves out: forks, teams, code search, Actions.
 */
export async function emulateGithub(): Promise<EmulatedGithub> {
  const service = new GithubService()
  const firsts = new Map<string, Answer>()
  const api = createServer((request, response) => void serve(request, response))
  const archives = createServer((request, response) => void archive(request, response))
  const [url, archiveHost] = [await listen(api), await listen(archives)]
  service.archiveHost = archiveHost
  const host: EmulatedGithub = {
    ...{ url, service, faults: [], calls: [], archiveHeaders: [] },
    close: async () => {
      for (const server of [api, archives]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await read(request)
    host.calls.push(call.label)
    const fault = host.faults.find(({ on, times }) => times > 0 && on.test(call.label))
    if (fault) fault.times -= 1
    const what = fault?.what
    try {
      if (what?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, what.ms))
      if (what?.kind === 'before') return send(response, no(what.status, 'Emulated'))
      if (what?.kind === 'limit') return send(response, limited(what))
      if (what?.kind === 'redirects') return send(response, { status: 302, headers: { location: what.to } })
      if (what?.kind === 'says') return send(response, ok(what.json))
      if (what?.kind === 'huge') return send(response, { status: 200, bytes: Buffer.alloc(HUGE, 32) })
      if (service.remaining <= 0) return send(response, no(403, 'API rate limit exceeded for installation ID 100.'))
      service.remaining -= 1
      const answer =
        what?.kind === 'stale' ? (firsts.get(call.label + call.query) ?? unseen(call)) : await service.answer(call)
      if (call.method === 'GET' && answer.status === 200 && !firsts.has(call.label + call.query))
        firsts.set(call.label + call.query, answer)
      if (what?.kind === 'lost') return void request.socket.destroy()
      if (what?.kind === 'hangs') return
      if (what?.kind === 'after') return send(response, no(what.status, 'Emulated'))
      send(response, answer, call.headers['if-none-match'])
    } catch (error) {
      send(response, no(500, error instanceof Error ? error.message : String(error)))
    }
  }

  const limited = ({ seconds, secondary, status = 403 }: Extract<Trouble, { kind: 'limit' }>): Answer => {
    if (secondary)
      return { ...no(status, 'You have exceeded a secondary rate limit.'), headers: { 'retry-after': String(seconds) } }
    const reset = String(Math.ceil(Date.now() / 1000) + seconds)
    return {
      ...no(status, 'API rate limit exceeded'),
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
    }
  }

  function send(response: ServerResponse, answer: Answer, known?: string): void {
    if (response.destroyed) return
    const body =
      answer.bytes ?? (answer.json === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.json)))
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`
    const headers = {
      ...{
        'content-type': 'application/json; charset=utf-8',
        'x-ratelimit-limit': '5000',
        'x-ratelimit-resource': 'core',
      },
      ...{
        'x-ratelimit-remaining': String(service.remaining),
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 60),
      },
      ...{ etag, ...answer.headers },
    }
    if (answer.status === 200 && known === etag) {
      service.remaining += 1
      response.writeHead(304, headers).end()
    } else response.writeHead(answer.status, headers).end(body)
  }

  async function archive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    host.archiveHeaders.push(request.headers)
    const key = new URL(request.url ?? '/', archiveHost).searchParams.get('token') ?? ''
    const wanted = service.archives.get(key)
    if (!wanted) return void response.writeHead(404).end()
    const { repo, sha } = wanted
    const prefix = `--prefix=${repo.owner}-${repo.name}-${sha.slice(0, 7)}/`
    const { out } = await repo.git.run(['archive', '--format=tar.gz', prefix, sha])
    response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(out)
  }

  return host
}

async function read(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const text = Buffer.concat(chunks).toString('utf8')
  const { method = 'GET' } = request
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const body = form ? Object.fromEntries(new URLSearchParams(text)) : text ? JSON.parse(text) : {}
  const path = pathname
    .replace(/^\/api(?:\/v3)?\//, '/')
    .split('/')
    .slice(1)
    .map(decodeURIComponent)
  // A name with a slash is one segment or several, as the client wrote it.
  const flat = path.join('/').split('/')
  const field = flat[0] === 'graphql' ? ` ${fieldOf(body.query)}` : ''
  const headers = request.headers as Record<string, string | undefined>
  return { method, path: flat, label: `${method} /${flat.join('/')}${field}`, query: searchParams, body, headers }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
