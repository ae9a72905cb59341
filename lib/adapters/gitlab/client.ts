import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Fault } from '../../errors.ts'
import { redactText } from '../../parse/redactText.ts'
import { readUpTo } from '../http/readUpTo.ts'
import { ask } from '../isomorphic/http.ts'
import { limitEnds } from '../limits.ts'
import type { GitlabOptions } from './place.ts'

/** A port's call gives up within 20 s, half of the time an effect is allowed; two attempts fit. */
const CALL_MS = 20_000
const ATTEMPT_MS = 8_000
const ANSWER_MAX = 16 * 1024 * 1024
const PAGE = 100
/** More than this is not read to the end, and not guessed about. */
const PAGES = 20

export interface Told {
  status: number
  data: unknown
  /** When a limit ends, where it is one and says so. */
  again: Date | null
}

/** Calls about one project that share one deadline. Whatever is no answer is a Fault. */
export interface Api {
  get(path: string, query?: Record<string, string>, accept?: number[]): Promise<Told>
  list<T>(path: string, query: Record<string, string>, row: z.ZodType<T>): Promise<T[]>
  /** Never sent twice: GitLab would do it twice. */
  post(path: string, body: object, accept?: number[]): Promise<Told>
  put(path: string, body: object, accept?: number[]): Promise<Told>
}

/** `GET /user` and such begin with a slash and are about no project. */
export function gitlabApi(options: GitlabOptions, project: string): Api {
  const { url, token, cafile, attemptMs = ATTEMPT_MS } = options
  const deadline = Date.now() + CALL_MS
  const about = `${url}/api/v4`

  async function once(method: string, address: string, body?: object): Promise<Told> {
    const signal = AbortSignal.timeout(Math.max(1, Math.min(attemptMs, deadline - Date.now())))
    const headers = { 'private-token': token, accept: 'application/json', 'content-type': 'application/json' }
    const sent = body ? [Buffer.from(JSON.stringify(body))] : undefined
    const {
      status,
      headers: said,
      body: answer,
    } = await ask({ url: address, method, headers, body: sent, signal }, cafile)
    const text = (await readUpTo(answer, ANSWER_MAX)).toString('utf8')
    const again = status === 429 ? limitEnds((name) => said[name]) : null
    return { status, data: status < 300 ? jsonOf(text) : wordsOf(text), again }
  }

  async function call(
    method: string,
    path: string,
    how: { body?: object; accept?: number[]; tries: number },
  ): Promise<Told> {
    const address = path.startsWith('/')
      ? `${about}${path}`
      : `${about}/projects/${encodeURIComponent(project)}/${path}`
    const label = `${method} ${path.split('?')[0]}`
    for (let tries = 1; ; tries += 1) {
      const told = await once(method, address, how.body).catch((error: unknown) => error as Error)
      if (!(told instanceof Error) && (told.status < 300 || how.accept?.includes(told.status))) return told
      const isOver = tries >= how.tries || Date.now() + attemptMs / 4 > deadline
      if (isOver || told instanceof Fault || (!(told instanceof Error) && ![500, 502, 503, 504].includes(told.status)))
        throw faultOf(told, label)
      await sleep(200 * tries)
    }
  }

  return {
    get: (path, query = {}, accept = []) => call('GET', `${path}?${new URLSearchParams(query)}`, { accept, tries: 3 }),
    async list(path, query, row) {
      const all = []
      for (let page = 1; page <= PAGES; page += 1) {
        const asked = new URLSearchParams({ ...query, per_page: String(PAGE), page: String(page) })
        const { data } = await call('GET', `${path}?${asked}`, { tries: 3 })
        const read = parsed(z.array(row), data, 'list')
        all.push(...read)
        if (read.length < PAGE) return all
      }
      throw new Fault('CODE_UNREACHABLE', `GitLab’s list is longer than ${PAGES * PAGE} rows.`)
    },
    post: (path, body, accept = []) => call('POST', path, { body, accept, tries: 1 }),
    put: (path, body, accept = []) => call('PUT', path, { body, accept, tries: 3 }),
  }
}

function jsonOf(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null
  } catch {
    throw new Fault('CODE_UNREACHABLE', 'What answers is not GitLab’s API.')
  }
}

/** What says no need not be GitLab itself: a proxy on the way answers as it likes. */
function wordsOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { message: text.slice(0, 300) }
  }
}

export function parsed<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const read = schema.safeParse(data)
  if (read.success) return read.data
  throw new Fault('CODE_UNREACHABLE', `GitLab’s ${what} is not as expected (${read.error.issues[0]?.path.join('.')}).`)
}

/** GitLab's own words, which may repeat what it was sent: redacted, and cut. */
export function said(data: unknown): string {
  const { message, error } = (data ?? {}) as { message?: unknown; error?: unknown }
  const words = message ?? error ?? 'it gives no reason'
  const text = typeof words === 'string' ? words : JSON.stringify(words)
  return redactText(text.slice(0, 1200)).replace(/\s+/g, ' ').slice(0, 300)
}

function faultOf(told: Told | Error, label: string): Fault {
  if (told instanceof Fault) return told
  if (told instanceof Error) {
    const { code = '' } = told as { code?: string }
    const words = `${label}: ${code} ${told.name === 'TimeoutError' ? 'no answer in time' : said({ message: told.message })}`
    if (/CERT|SIGNED|ISSUER/.test(code)) return new Fault('GIT_CERTIFICATE', words)
    return new Fault('GIT_UNREACHABLE', words)
  }
  const words = `${label}: ${told.status} ${said(told.data)}`
  if (told.status === 401 || told.status === 403) return new Fault('GIT_UNAUTHORISED', words)
  if (told.status === 429) return new Fault('GIT_LIMITED', words, told.again)
  return new Fault(told.status >= 500 ? 'GIT_UNREACHABLE' : 'CODE_UNREACHABLE', words)
}
