import { fieldsOf, type Habits, type Heard } from '../service.ts'
import type { Reply, Trouble } from '../trouble.ts'
import { type Answer, no } from './call.ts'
import type { Inside } from './inside.ts'
import { answerCall } from './routes.ts'

export const TOKEN = 'token-of-the-emulated-account'
const LIMIT = 100

/** How the emulated account takes a request: its login, its team, and then its work. */
export function habits(inside: Inside, log: string[]): Habits {
  const { settings, store } = inside

  function refused({ headers, url }: Heard): Answer | null {
    if (headers.authorization !== `Bearer ${TOKEN}`) return no(403, 'forbidden')
    // Without its team a call is about the login's own account, which has nothing.
    return url.searchParams.get('teamId') === settings.teamId ? null : no(404, 'not_found')
  }

  async function answer(heard: Heard, trouble: Trouble | null): Promise<Reply> {
    const { method, url } = heard
    const call = { method, path: url.pathname, query: url.searchParams, body: fieldsOf(heard) }
    const state = trouble?.kind === 'stale' ? store.ago(trouble.ms!) : store.state
    return told(refused(heard) ?? (await answerCall(inside, state, call)))
  }

  return {
    note({ method, url }) {
      log.push(`${method} ${url.pathname}`)
      return `${method} ${url.pathname}`
    },
    answer,
    refusal: (status, why) => told(no(status, status === 500 ? 'internal' : 'emulated', why)),
    limited: ({ seconds }) => ({
      ...told(no(429, 'rate_limited')),
      headers: {
        ...{ 'x-ratelimit-limit': String(LIMIT), 'x-ratelimit-remaining': '0' },
        'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + seconds),
      },
    }),
  }
}

const told = ({ status, json }: Answer): Reply => ({ status, body: json === null ? '' : JSON.stringify(json) })
