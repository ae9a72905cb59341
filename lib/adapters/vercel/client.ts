import { Fault } from '../../errors.ts'
import { readUpTo } from '../http/readUpTo.ts'
import { limitEnds } from '../limits.ts'

/** Whose account, and how long one call may take. */
export interface VercelAccess {
  /** Base of the API: `https://api.vercel.com`. */
  url: string
  token: string
  teamId: string
}

export interface Sent {
  status: number
  json: unknown
}

export interface Call {
  query?: Record<string, string>
  body?: unknown
  /** Gives the whole call up. */
  signal: AbortSignal
}

export type Client = (method: 'GET' | 'POST' | 'PATCH', path: string, call: Call) => Promise<Sent>

/** One call takes no longer, whatever the time that is left. */
const CALL_MS = 5000
/** The largest honest answer, a hundred deployments with their metadata, has a tenth of it. */
const ANSWER_BYTES = 4 * 1024 * 1024

/**
 * Calls that the service answered as it should: 2xx, and 400, 402, 404, 409 and 422, which say something. Without a team a
 * call would be about the login's own account, so there is none. Limits, a login that is not accepted, anything else and
 * no answer at all are faults; none of them holds the token or a word of the answer.
 */
export function vercelClient({ url, token, teamId }: VercelAccess): Client {
  return async (method, path, { query = {}, body, signal }) => {
    const address = new URL(path, url)
    for (const [name, value] of Object.entries({ ...query, teamId })) address.searchParams.set(name, value)
    const named = `${method} ${address.pathname}`
    let response: Response
    try {
      response = await fetch(address, {
        method,
        // A redirect to another host would take the token there.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      })
      const text = await textOf(response)
      if (response.ok || [400, 402, 404, 409, 422].includes(response.status))
        return { status: response.status, json: text === '' ? null : JSON.parse(text) }
    } catch (error) {
      throw new Fault('DEPLOY_UNREACHABLE', `${named}: ${error instanceof Error ? error.message : String(error)}.`)
    }
    const { status, headers } = response
    if (status === 429) throw limited(headers)
    if (status === 401 || status === 403) throw new Fault('DEPLOY_DENIED', `${named} answered ${status}.`)
    throw new Fault('DEPLOY_UNREACHABLE', `${named} answered ${status}.`)
  }
}

const textOf = async ({ body }: Response): Promise<string> =>
  body ? (await readUpTo(body as unknown as AsyncIterable<Uint8Array>, ANSWER_BYTES)).toString('utf8') : ''

function limited(headers: Headers): Fault {
  const ends = limitEnds((name) => headers.get(name))
  return new Fault('DEPLOY_LIMITED', ends ? `Until ${ends.toISOString()}.` : '', ends)
}

/** The service's own code of a refusal, if it is one: never its sentence. */
export function codeOf(json: unknown): string {
  const code = (json as { error?: { code?: unknown } } | null)?.error?.code
  return typeof code === 'string' && /^[a-z0-9_-]{1,60}$/i.test(code) ? ` (${code})` : ''
}

/** Faults after which nobody knows whether the far side did what it was asked. */
export const isUnsure = (error: unknown): boolean => error instanceof Fault && error.code === 'DEPLOY_UNREACHABLE'
