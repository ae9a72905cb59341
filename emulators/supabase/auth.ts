import { type Emulated, emulate, fieldsOf, type Heard } from '../service.ts'
import { GithubWay } from './authGithub.ts'
import { type AuthCall, ROUTES } from './authRoutes.ts'
import { AuthStore } from './authStore.ts'
import { type Answer, no } from './authTypes.ts'

/** Supabase Auth of one project, in memory, behind its HTTP API; and GitHub's consent page. */
export interface EmulatedAuth extends Emulated {
  /** The publishable key. */
  key: string
  store: AuthStore
  /** Where browsers may be sent back to; the first is the site. */
  allowed: string[]
  /** `METHOD /path`, in order. */
  log: string[]
  /** Calls for tokens that one address may make in five minutes. */
  tokenLimit: number
}

/** What it leaves out: phones, factors, SAML, the administrator's calls, and identities that are linked by hand. */
export async function startSupabaseAuth({ port = 0 } = {}): Promise<EmulatedAuth> {
  const store = new AuthStore()
  const [allowed, log]: [string[], string[]] = [[], []]
  const way = new GithubWay(store, () => allowed)
  let tokens: number[] = []
  const nameOf = ({ method, url }: Heard) => `${method} ${pathOf(url)}`
  const door = await emulate(
    {
      note(heard) {
        log.push(nameOf(heard))
        return nameOf(heard)
      },
      answer(heard) {
        const { status, json, html, headers } = answerTo(callOf(heard), heard.url.pathname, heard.headers.apikey)
        const body = html ?? (json === undefined ? '' : JSON.stringify(json))
        const type = html ? 'text/html' : 'application/json'
        return { status, body, headers: { 'content-type': type, ...headers } }
      },
      refusal: (status) => ({ status, body: 'emulated' }),
      limited: ({ seconds }) => ({ status: 429, body: '{}', headers: { 'retry-after': String(seconds) } }),
    },
    port,
  )
  store.issuer = `${door.url}/auth/v1`
  const auth: EmulatedAuth = Object.assign(door, {
    ...{ key: 'sb_publishable_of_the_emulated_project', store, allowed, log, tokenLimit: 1000 },
  })

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

const pathOf = (url: URL): string => url.pathname.replace(/^\/auth\/v1/, '')

const callOf = (heard: Heard): AuthCall => ({
  ...{ method: heard.method, path: pathOf(heard.url), query: heard.url.searchParams, body: fieldsOf(heard) },
  bearer: /^Bearer (.+)$/.exec(heard.headers.authorization ?? '')?.[1] ?? null,
})

/** Lets browsers come back to a site of ours, knows Ada at GitHub too, and hands every link that is mailed to `told`. */
export function servesSite({ allowed, store }: EmulatedAuth, site: string, told: (mail: string) => void): void {
  allowed.push(site, `${site}/auth/callback`)
  store.github.push({ login: 'ada', email: ADA, verified: true })
  store.onMail = ({ to, tokenHash }) => told(`${to}: ${site}/auth/confirm?token_hash=${tokenHash}&type=email`)
}

/** Whose first sign-in makes the owner. */
export const ADA = 'ada@acme.example'
