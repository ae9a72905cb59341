import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { Octokit } from '@octokit/rest'
import { Fault } from '../../errors.ts'
import { faultOf } from './failures.ts'
import { guardedFetch } from './guardedFetch.ts'

/** What the types describe; without the header GitHub may answer with another version one day. */
const VERSION = '2022-11-28'
/** A port's call gives up within 20 s, as git's does: half of the time an effect is allowed. */
export const CALL_MS = 20_000
/** One attempt of those; two fit, with the pause between them. */
const ATTEMPT_MS = 8_000
const RETRIES = 2
/** Asking again changes nothing about these; limits are waited for by the other plugin. */
const ANSWERS = [400, 401, 403, 404, 405, 409, 410, 422, 429, 451]
/** Longest wait GitHub may ask for within a call, in seconds; beyond it the call is a failure that says so. */
const WAIT_MAX = 5

export interface How {
  /** Statuses that are answers, besides successes. */
  accept?: number[]
  /** Never sent twice: GitHub would do it twice. */
  once?: boolean
}

export interface Told {
  status: number
  data: unknown
  headers: Record<string, string | number | undefined>
}

/** Calls that share one deadline. Whatever is no answer is a Fault. */
export interface Api {
  call(route: string, parameters?: Record<string, unknown>, how?: How): Promise<Told>
  graphql(query: string, variables: Record<string, unknown>): Promise<{ data: unknown; refused: string | null }>
}

export interface ClientOptions {
  apiUrl: string
  /** Names the queue in which this client's writes wait for each other. */
  id: string
  /** `false`: no pauses between writes and no waiting for limits, where nobody would be annoyed. */
  paced?: boolean
  attemptMs?: number
  /** The token to send; with the one that was just refused, another or the same after a moment. */
  token(refused: string | null): Promise<string>
}

const Kit = Octokit.plugin(retry, throttling)
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Octokit with limits respected and failures retried, both within the deadline of the call that is made. */
export function githubClient(options: ClientOptions): { begin(ms?: number): Api } {
  const wait = (after: number, _options: object, _kit: object, tries: number) => tries < 1 && after <= WAIT_MAX
  const octokit = new Kit({
    baseUrl: options.apiUrl,
    userAgent: 'nightshift',
    log: silent,
    authStrategy: () => ({ hook: withToken(options.token) }),
    request: { fetch: guardedFetch(options.attemptMs ?? ATTEMPT_MS) },
    retry: { retries: RETRIES, retryAfterBaseValue: 300, doNotRetry: ANSWERS },
    throttle: {
      ...{ enabled: options.paced ?? true, id: options.id, fallbackSecondaryRateRetryAfter: WAIT_MAX + 1 },
      ...{ onRateLimit: wait, onSecondaryRateLimit: wait },
    },
  })
  const graphqlUrl = `${options.apiUrl.replace(/\/api\/v3\/?$/, '/api').replace(/\/$/, '')}/graphql`

  function begin(ms = CALL_MS): Api {
    const signal = AbortSignal.timeout(ms)
    async function call(route: string, parameters: Record<string, unknown> = {}, how: How = {}): Promise<Told> {
      const headers = { 'x-github-api-version': VERSION, ...(parameters.headers as object | undefined) }
      const request = { signal, ...(how.once ? { retries: 0 } : {}) }
      try {
        const { status, data, headers: answered } = await octokit.request(route, { ...parameters, headers, request })
        if (status < 300 || how.accept?.includes(status)) return { status, data, headers: answered }
        throw new Fault('CODE_UNREACHABLE', `${route} leads elsewhere (${status}): it was moved or renamed.`)
      } catch (error) {
        const { status, response } = error as {
          status?: number
          response?: { data: unknown; headers: Told['headers'] }
        }
        if (response && how.accept?.includes(status ?? 0))
          return { status: status!, data: response.data, headers: response.headers }
        throw faultOf(error, route.replace(options.apiUrl, ''))
      }
    }
    return {
      call,
      async graphql(query, variables) {
        const { data } = await call(`POST ${graphqlUrl}`, { query, variables })
        const { data: found = null, errors } = (data ?? {}) as { data?: unknown; errors?: { message?: unknown }[] }
        const words = errors?.map(({ message }) => String(message)).join('; ')
        return { data: found, refused: words ?? null }
      },
    }
  }
  return { begin }
}

type Send = (options: Request) => Promise<unknown>
interface Request {
  headers: Record<string, unknown>
}

const MOMENT_MS = 1000

/**
 * Puts the token on a request that has none. A 401 is answered by another token, once; a fresh one may take a moment to
 * be known everywhere, so it is sent a second time before anybody is told that it is refused.
 */
const withToken =
  (token: ClientOptions['token']) =>
  async (send: Send, options: Request): Promise<unknown> => {
    if (options.headers.authorization) return send(options)
    const attempt = async (value: string) => {
      options.headers.authorization = `bearer ${value}`
      return send(options).finally(() => delete options.headers.authorization)
    }
    const unauthorised = (error: unknown) => {
      if ((error as { status?: unknown }).status !== 401) throw error
    }
    const first = await token(null)
    try {
      return await attempt(first)
    } catch (error) {
      unauthorised(error)
    }
    const second = await token(first)
    try {
      return await attempt(second)
    } catch (error) {
      unauthorised(error)
    }
    await new Promise((resolve) => setTimeout(resolve, MOMENT_MS))
    return attempt(second)
  }
