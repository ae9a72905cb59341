import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, type Call, no } from './call.ts'
import { type Fault, type Trouble, troubleFor } from './faults.ts'
import type { Inside, Settings } from './inside.ts'
import { answerCall } from './routes.ts'
import type { Store } from './state.ts'

/** What answering takes of the emulated account. */
export interface Served {
  url: string
  token: string
  settings: Settings
  store: Store
  /** Every call as `METHOD path`, in order. */
  log: string[]
  faults: Fault[]
}

const LIMIT = 100

/** One request: its trouble, its login, its team, and then its work. */
export async function serve(vercel: Served, inside: Inside, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', vercel.url)
  const method = request.method ?? 'GET'
  vercel.log.push(`${method} ${path}`)
  const trouble = troubleFor(vercel.faults, `${method} ${path}`)
  try {
    if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms))
    if (trouble?.kind === 'before') return send(response, no(trouble.status, 'emulated'))
    if (trouble?.kind === 'limit') return send(response, no(429, 'rate_limited'), limited(trouble.seconds))
    const body = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'))
    const state = trouble?.kind === 'stale' ? vercel.store.ago(trouble.ms) : vercel.store.state
    const bearer = request.headers.authorization === `Bearer ${vercel.token}`
    const answer = refused(vercel, bearer, query) ?? (await answerCall(inside, state, { method, path, query, body }))
    after(request, response, answer, trouble)
  } catch (error) {
    send(response, no(500, 'internal', error instanceof Error ? error.message : String(error)))
  }
}

function refused({ settings }: Served, bearer: boolean, query: Call['query']): Answer | null {
  if (!bearer) return no(403, 'forbidden')
  // Without its team a call is about the login's own account, which has nothing.
  return query.get('teamId') === settings.teamId ? null : no(404, 'not_found')
}

function after(request: IncomingMessage, response: ServerResponse, answer: Answer, trouble: Trouble | null): void {
  if (trouble?.kind === 'lost') request.socket.destroy()
  else if (trouble?.kind === 'cut') cut(response, answer)
  else send(response, trouble?.kind === 'after' ? no(trouble.status, 'emulated') : answer)
}

/** Half of the answer arrives. */
function cut(response: ServerResponse, { status, json }: Answer): void {
  const whole = JSON.stringify(json)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': whole.length })
  response.write(whole.slice(0, whole.length / 2), () => setTimeout(() => response.destroy(), 20))
}

const limited = (seconds: number): Record<string, string> => ({
  'x-ratelimit-limit': String(LIMIT),
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + seconds),
})

function send(response: ServerResponse, { status, json }: Answer, headers: Record<string, string> = {}): void {
  const body = json === null ? '' : JSON.stringify(json)
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}
