import { answerTo, scopesFor } from './sentryRoutes.ts'
import { SentryStore } from './sentryStore.ts'
import { type Answer, type Call, no, type Scope } from './sentryTypes.ts'
import { type Emulated, emulate, fieldsOf, type Heard } from './service.ts'
import type { Reply, Trouble } from './trouble.ts'

export interface EmulatedSentry extends Emulated {
  org: string
  store: SentryStore
  /** Its tokens and what each may do. */
  tokens: Record<string, Scope[]>
  /** Every call in order, as it arrived. */
  log: Call[]
  /** Calls a window, the window, and calls at once. */
  limits: { calls: number; windowMs: number; atOnce: number }
  /** The most calls that were under way together. */
  atOnce: number
  /** What pages are cut to. */
  pageSize: number
  /** Called before each answer is made: the world goes on while somebody turns pages. */
  meanwhile: (call: Call) => void
}

const TOO_MANY = 'You are attempting to use this endpoint too frequently.'

/** The part of Sentry's API that Nightshift calls, for one organization, with its state and its habits. */
export async function emulateSentry(org = 'acme'): Promise<EmulatedSentry> {
  let window = { from: 0, calls: 0 }

  function note(heard: Heard): string {
    const call = callOf(heard)
    sentry.log.push(call)
    sentry.atOnce = Math.max(sentry.atOnce, sentry.underWay)
    const now = sentry.store.now()
    if (now - window.from >= sentry.limits.windowMs) window = { from: now, calls: 0 }
    window.calls += 1
    return `${call.method} ${call.path}`
  }

  /** Every answer tells the time and what is left of the limits. */
  function told({ status, json, headers }: Answer): Reply {
    const { limits, store, underWay } = sentry
    const left = {
      ...{ limit: limits.calls, remaining: Math.max(0, limits.calls - window.calls) },
      ...{ reset: Math.ceil((window.from + limits.windowMs) / 1000), concurrentlimit: limits.atOnce },
      concurrentremaining: Math.max(0, limits.atOnce - underWay),
    }
    const named = Object.entries(left).map(([name, value]) => [`x-sentry-rate-limit-${name}`, String(value)])
    return {
      ...{ status, body: json === undefined ? '' : JSON.stringify(json) },
      headers: { date: new Date(store.now()).toUTCString(), ...Object.fromEntries(named), ...headers },
    }
  }

  function answer(heard: Heard, trouble: Trouble | null): Reply {
    const call = callOf(heard)
    const refused = refusalOf(call, heard)
    if (refused) return told(refused)
    sentry.meanwhile(call)
    const upTo = trouble?.kind === 'stale' ? sentry.store.now() - trouble.ms! : Number.POSITIVE_INFINITY
    return told(answerTo({ store: sentry.store, org, most: sentry.pageSize, url: sentry.url, upTo }, call))
  }

  /** Limits, the missing slash, the token and its scopes, in that order. */
  function refusalOf(call: Call, { url }: Heard): Answer | null {
    if (sentry.underWay > sentry.limits.atOnce)
      return no(429, 'You are attempting to go above the allowed concurrency.')
    if (window.calls > sentry.limits.calls) return no(429, TOO_MANY)
    // As a framework does it: whoever follows asks by GET, and the body is lost.
    if (!call.path.endsWith('/')) return { status: 301, headers: { location: `${url.pathname}/` } }
    const scopes = sentry.tokens[/^Bearer (.+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '']
    if (!call.headers.authorization) return no(401, 'Authentication credentials were not provided.')
    if (!scopes) return no(401, 'Invalid token')
    if (!scopesFor(call).some((scope) => scopes.includes(scope)))
      return no(403, 'You do not have permission to perform this action.')
    return null
  }

  const door = await emulate({
    ...{ note, answer },
    refusal: (status, why) => told(no(status, why)),
    limited({ seconds }) {
      const reset = String(Math.floor(sentry.store.now() / 1000) + seconds)
      return told({ ...no(429, TOO_MANY), headers: { 'x-sentry-rate-limit-reset': reset } })
    },
  })
  const sentry: EmulatedSentry = Object.assign(door, {
    ...{ org, store: new SentryStore(), log: [], atOnce: 0, pageSize: 100, meanwhile: () => undefined },
    tokens: {
      'reader-token-of-acme': ['event:read', 'project:read', 'org:read'],
      'writer-token-of-acme': ['event:read', 'event:write', 'project:read'],
    } satisfies Record<string, Scope[]>,
    limits: { calls: 1000, windowMs: 60_000, atOnce: 10 },
  })
  return sentry
}

const callOf = (heard: Heard): Call => ({
  ...{ method: heard.method, path: heard.url.pathname.replace(/^\/api\/0/, ''), query: heard.url.searchParams },
  ...{ body: fieldsOf(heard), headers: heard.headers as Record<string, string> },
})
