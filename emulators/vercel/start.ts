import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, type Call, no } from './call.ts'
import { openEdge, type Route } from './edge.ts'
import { type Fault, type Trouble, troubleFor } from './faults.ts'
import type { Effect, Inside, Settings } from './inside.ts'
import { openPlatform, type PlatformAddress } from './platform.ts'
import { answerCall } from './routes.ts'
import { aliased, openStore, type State, type Store } from './state.ts'
import { type Drains, type Manner, openDrains, openHooks } from './tell.ts'

export interface EmulatedVercel {
  /** Base of the API. */
  url: string
  /** The only login it accepts. */
  token: string
  settings: Settings
  domains: { production: string; staging: string }
  store: Store
  /** Every call as `METHOD path`, in order. */
  log: string[]
  /** What it took on, in order: the witness. */
  effects: Effect[]
  faults: Fault[]
  manner: Manner
  drains: Drains
  close(): Promise<void>
}

const DEFAULTS: Settings = {
  ...{ teamId: 'team_emulated', projectId: 'prj_emulated', name: 'shop', repoId: 1, productionBranch: 'main' },
  ...{ environments: ['staging'], protected: true, bypassSecret: 'secret-of-the-bypass-in-tests-only' },
  ...{ settleMs: 60, rollbackToCurrent: 'taken' as const },
}

const EMPTY: State = {
  ...{ deployments: [], aliases: [], lastAliasRequest: null, autoAssign: false, pinned: false },
  ...{ env: [], hooks: [], drains: [] },
}

/**
 * The part of Vercel's API that Nightshift uses, in front of a running platform that builds real commits and serves them.
 * What it leaves out: teams beyond one, several projects, rolling releases, checks, file uploads, domains of one's own.
 */
export async function startVercel(platform: PlatformAddress, chosen: Partial<Settings> = {}): Promise<EmulatedVercel> {
  const settings = { ...DEFAULTS, ...chosen }
  const store = openStore(EMPTY)
  const stop = new AbortController()
  const works = new Set<Promise<unknown>>()
  const later = (work: Promise<unknown>) => {
    const watched = work.catch(() => undefined).finally(() => works.delete(watched))
    works.add(watched)
  }
  const manner: Manner = { delays: [], twice: false, signs: 'wire' }
  const drains = openDrains(settings, store, manner)
  const edge = openEdge(settings.bypassSecret, drains.note)
  const open = openPlatform(platform)
  const domains = { production: '', staging: '' }
  for (const environment of ['production', 'staging'] as const)
    domains[environment] = await edge.door(async (): Promise<Route | null> => {
      const deployment = aliased(store.state, domains[environment])
      const production = environment === 'production'
      const shown = { environment: production ? ('production' as const) : ('preview' as const), deployment: deployment! }
      const origin = await open.address(environment)
      return deployment ? { ...shown, origin, protected: settings.protected && !production } : null
    })
  let last = 0
  const now = () => {
    last = Math.max(Date.now(), last + 1)
    return last
  }
  const tell = openHooks(settings, store, manner, later)
  const effects: Effect[] = []
  const inside: Inside = {
    ...{ settings, store, platform: open, edge, domains, effects, now, tell, later, closing: stop.signal },
  }
  const server = createServer((request, response) => void serve(vercel, inside, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const vercel: EmulatedVercel = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ token: 'token-of-the-emulated-account', settings, domains, store, log: [], effects, faults: [], manner, drains },
    async close() {
      stop.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await Promise.all(works)
      await edge.close()
    },
  }
  return vercel
}

const LIMIT = 100

async function serve(vercel: EmulatedVercel, inside: Inside, request: IncomingMessage, response: ServerResponse) {
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

function refused({ settings }: EmulatedVercel, bearer: boolean, query: Call['query']): Answer | null {
  if (!bearer) return no(403, 'forbidden')
  // Without its team a call is about the login's own account, which has nothing.
  return query.get('teamId') === settings.teamId ? null : no(404, 'not_found')
}

function after(request: IncomingMessage, response: ServerResponse, answer: Answer, trouble: Trouble | null): void {
  if (trouble?.kind === 'lost') return void request.socket.destroy()
  if (trouble?.kind === 'after') return send(response, no(trouble.status, 'emulated'))
  if (trouble?.kind !== 'cut') return send(response, answer)
  const whole = JSON.stringify(answer.json)
  response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': whole.length })
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
