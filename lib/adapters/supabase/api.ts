import { isObject } from '../../parse/json.ts'
import { recordOf, textOf } from '../../parse/loose.ts'
import { askJson, silenceOf } from '../http/askJson.ts'
import { againAt, SupabaseTrouble, troubleOf, unreachable } from './trouble.ts'

export interface SupabaseAccess {
  /** Without a path: `https://api.supabase.com`. */
  url: string
  token: string
  fetch?: typeof fetch
  /** Milliseconds after which a call is given up; 15 seconds unless a test is in a hurry. */
  timeoutMs?: number
}

export interface Answer {
  json: unknown
  /** By the far side's clock, where it said. */
  date: Date | null
  /** Set when this was the last call of its window: when the next may be made. */
  again: Date | null
}

/** A hundred log lines with all they carry are some hundred kilobytes. */
const ANSWER_BYTES = 8 * 1024 * 1024
const TIMEOUT_MS = 15_000

export type SupabaseApi = ReturnType<typeof supabaseApi>

/** Calls below `/v1/projects/<ref>/`. They throw SupabaseTrouble alone, which holds neither token nor address. */
export function supabaseApi({ url, token, fetch: inner, timeoutMs = TIMEOUT_MS }: SupabaseAccess, ref: string) {
  const ask = askJson(token, { fetch: inner, timeoutMs, most: ANSWER_BYTES })
  const base = `${url.replace(/\/+$/, '')}/v1/projects/${encodeURIComponent(ref)}`

  async function call(method: string, path: string, query: Record<string, string>, body?: object): Promise<Answer> {
    const address = new URL(`${base}${path}`)
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
    const { status, ok, headers, parsed, date } = await ask(method, address, body)
    if (!ok) throw troubleOf(status, headers, parsed.ok ? wordsIn(parsed.value) : null, Date.now())
    if (!parsed.ok) throw unreachable('Supabase’s answer is not JSON, or was cut off')
    return {
      json: parsed.value,
      date,
      again: headers.get('x-ratelimit-remaining') === '0' ? againAt(headers, Date.now()) : null,
    }
  }
  const safely = (method: string, path: string, query: Record<string, string> = {}, body?: object) =>
    call(method, path, query, body).catch((error: unknown): never => {
      throw inWords(error)
    })
  return {
    get: (path: string, query?: Record<string, string>) => safely('GET', path, query),
    /** The status of a call that is meant to be refused; throws only where nobody answered. */
    async status(method: string, path: string): Promise<number> {
      try {
        await safely(method, path, {}, {})
        return 200
      } catch (error) {
        if (error instanceof SupabaseTrouble && error.status !== null && error.status !== 429) return error.status
        throw error
      }
    },
  }
}

/** `{ message }`, and `error` as a text or as an object with one. */
export function wordsIn(value: unknown): string | null {
  const { message, error } = recordOf(value)
  return textOf(message, 2000) ?? textOf(error, 2000) ?? (isObject(error) ? wordsIn(error) : null)
}

const inWords = (error: unknown): SupabaseTrouble =>
  error instanceof SupabaseTrouble ? error : unreachable(silenceOf(error, 'Supabase'))
