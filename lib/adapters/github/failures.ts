import { Fault } from '../../errors.ts'
import { redactText } from '../../parse/redactText.ts'
import { limitEnds } from '../limits.ts'

/** Of what GitHub says, what people are shown. */
const DETAIL_MAX = 300

/** GitHub's own words, which may repeat what it was sent: redacted, and cut. */
export const said = (text: string): string =>
  redactText(text.slice(0, 4 * DETAIL_MAX))
    .replace(/\s+/g, ' ')
    .slice(0, DETAIL_MAX)

/** What a client threw instead of an answer, as something a person can act on. */
export function faultOf(error: unknown, label: string): Fault {
  if (error instanceof Fault) return error
  const { status, message, limited, headers } = look(error)
  const detail = `${label}: ${status ? `${status} ` : ''}${said(message)}`
  if (status === 401) return new Fault('GITHUB_UNAUTHORISED', detail)
  if (limited)
    return new Fault(
      'GITHUB_LIMITED',
      detail,
      limitEnds((name) => headers[name]),
    )
  if (status === 403 && /not accessible by/.test(message)) return new Fault('GITHUB_PERMISSIONS', detail)
  // No answer, or one of a service that is not well: it says nothing about what was asked for.
  return new Fault(status === null || status >= 500 ? 'GIT_UNREACHABLE' : 'CODE_UNREACHABLE', detail)
}

interface Looked {
  status: number | null
  message: string
  limited: boolean
  headers: Record<string, string | undefined>
}

function look(error: unknown): Looked {
  const one = error as {
    status?: unknown
    message?: unknown
    response?: { headers?: Record<string, string>; data?: { message?: unknown } }
  } | null
  // A status without an answer is the client's own word for "nothing came".
  const status = one?.response && typeof one.status === 'number' ? one.status : null
  const theirs = one?.response?.data?.message
  const message = typeof theirs === 'string' ? theirs : typeof one?.message === 'string' ? one.message : String(error)
  const headers = one?.response?.headers ?? {}
  const none = headers['x-ratelimit-remaining'] === '0'
  const limited =
    status === 429 || (status === 403 && (none || /rate limit/i.test(message))) || /RATE.?LIMIT/i.test(message)
  return { status, message, limited, headers }
}
