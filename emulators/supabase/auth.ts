import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodyOf, type Fault, troubled } from '../trouble.ts'
import { GithubWay } from './authGithub.ts'
import { type AuthCall, ROUTES } from './authRoutes.ts'
import { AuthStore } from './authStore.ts'
import { type Answer, no } from './authTypes.ts'

/** Supabase Auth of one project, in memory, behind its HTTP API; and GitHub's consent page. */
export interface EmulatedAuth {
  url: string
  /** The publishable key. */
  key: string
  store: AuthStore
  /** Where browsers may be sent back to; the first is the site. */
  allowed: string[]
  /** `METHOD /path`, in order. */
  log: string[]
  faults: Fault[]
  /** Calls for tokens that one address may make in five minutes. */
  tokenLimit: number
  close(): Promise<void>
}

/** What it leaves out: phones, factors, SAML, the administrator's calls, and identities that are linked by hand. */
export async function startSupabaseAuth({ port = 0 } = {}): Promise<EmulatedAuth> {
  const store = new AuthStore()
  const allowed: string[] = []
  const way = new GithubWay(store, () => allowed)
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  store.issuer = `${url}/auth/v1`
  const auth: EmulatedAuth = {
    ...{ url, key: 'sb_publishable_of_the_emulated_project', store, allowed, log: [], faults: [], tokenLimit: 1000 },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  let tokens: number[] = []

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', url)
    const text = await bodyOf(request)
    const call: AuthCall = {
      ...{ method: request.method ?? 'GET', path: pathname.replace(/^\/auth\/v1/, ''), query },
      body: text.startsWith('{') ? JSON.parse(text) : {},
      bearer: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null,
    }
    const name = `${call.method} ${call.path}`
    auth.log.push(name)
    await troubled(auth.faults, name, response, () => {
      const { status, json, html, headers } = answerTo(call, pathname, request.headers.apikey)
      const body = html ?? (json === undefined ? '' : JSON.stringify(json))
      return { status, body, headers: { ...(html ? { 'content-type': 'text/html' } : {}), ...headers } }
    })
  }

  function answerTo(call: AuthCall, pathname: string, apikey: unknown): Answer {
    // Where browsers and keys' readers come, no key is asked for.
    if (pathname === '/auth/v1/.well-known/jwks.json') return { status: 200, json: store.keys.jwks() }
    if (pathname === '/auth/v1/authorize') return way.authorize(call.query)
    if (pathname === '/auth/v1/callback') return way.callback(call.query)
    if (pathname === '/github/login/oauth/authorize') return way.consent(call.query)
    if (apikey !== auth.key)
      return { status: 401, json: { message: apikey ? 'Invalid API key' : 'No API key found in request' } }
    if (call.path === '/token') {
      tokens = tokens.filter((at) => at > store.now() - 300_000)
      if (tokens.push(store.now()) > auth.tokenLimit)
        return no(429, 'over_request_rate_limit', 'Request rate limit reached')
    }
    return ROUTES[`${call.method} ${call.path}`]?.(store, call) ?? no(404, 'not_found', 'no such route')
  }
  return auth
}

if (import.meta.main) {
  const [port = '54321', site = 'http://localhost:3000'] = process.argv.slice(2)
  const auth = await startSupabaseAuth({ port: Number(port) })
  auth.allowed.push(site, `${site}/auth/callback`)
  auth.store.github.push({ login: 'ada', email: 'ada@example.com', verified: true })
  auth.store.onMail = ({ to, tokenHash }) =>
    console.log(`${to}: ${site}/auth/confirm?token_hash=${tokenHash}&type=email`)
  console.log(`AUTH=supabase AUTH_SUPABASE_URL=${auth.url} AUTH_SUPABASE_KEY=${auth.key}`)
}
