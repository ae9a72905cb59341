import type { Capture, CapturedRequest } from '../domain/event.ts'
import { isObject } from './json.ts'
import { recordOf, textOf } from './loose.ts'
import { isCut } from './redactText.ts'
import { cutText, visible } from './visible.ts'

/** What `@sentry/node` 10.78 keeps of a body by default ("medium"), in bytes; it marks the cut with `…` or `...`. */
const SDK_BODY_MAX = 10_000
const PATH_MAX = 4096
const HEADERS_MAX = 64
const HEADER_MAX = 4096

/** The request in an event (`{ method, url, query_string, headers, data }`), or null when it names no address. */
export function requestOf(value: unknown): CapturedRequest | null {
  if (!isObject(value)) return null
  const path = pathOf(textOf(value.url, PATH_MAX), queryOf(value.query_string))
  if (path === null) return null
  const method = (textOf(value.method) ?? 'GET').trim().toUpperCase()
  const headers = headersOf(value.headers)
  const body = bodyOf(value.data)
  const known = /^[A-Z]{1,16}$/.test(method) ? method : 'GET'
  return { method: known, path, headers, body, capture: captureOf(known, headers, body) }
}

function pathOf(url: string | null, query: string): string | null {
  if (!url) return null
  const target = url.replace(/^[a-z][a-z\d+.-]{0,19}:\/\/[^/?#]*/i, '').replace(/#.*$/s, '')
  const path = target.startsWith('/') ? target : `/${target}`
  return path.includes('?') || query === '' ? path : cutText(`${path}?${query}`, PATH_MAX)
}

function queryOf(value: unknown): string {
  if (typeof value === 'string') return value.replace(/^\?/, '')
  return pairsOf(value)
    .map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`)
    .join('&')
}

/** Names in lower case; cookies stay out whatever the sender left of them. */
function headersOf(value: unknown): Record<string, string> {
  const headers: Record<string, string> = Object.create(null)
  for (const [name, text] of pairsOf(value).slice(0, HEADERS_MAX)) {
    const lower = name.toLowerCase()
    if (/^[a-z\d-]{1,100}$/.test(lower) && lower !== 'cookie') headers[lower] = cutText(text, HEADER_MAX)
  }
  return { ...headers }
}

/** `{ name: value }` and `[[name, value]]`; a repeated header is joined as HTTP joins it. */
function pairsOf(value: unknown): [string, string][] {
  const entries = Array.isArray(value) ? value.filter(Array.isArray) : Object.entries(recordOf(value))
  return entries.flatMap(([name, raw]): [string, string][] => {
    const text = Array.isArray(raw) ? raw.filter((part) => typeof part === 'string').join(', ') : raw
    return typeof name === 'string' && typeof text === 'string' ? [[visible(name), visible(text)]] : []
  })
}

function bodyOf(data: unknown): string | null {
  if (data === null || data === undefined || data === '') return null
  if (typeof data === 'string') return data
  try {
    return JSON.stringify(data) ?? null
  } catch {
    // Nested deeper than the engine's stack: only an event that was not redacted can be.
    return null
  }
}

function captureOf(method: string, headers: Record<string, string>, body: string | null): Capture {
  if (body === null) {
    const empty = method === 'GET' || method === 'HEAD' || headers['content-length'] === '0'
    return empty ? 'complete' : 'none'
  }
  const cut = /(?:…|\.\.\.)$/.test(body.slice(-3)) || isCut(body)
  return cut || Buffer.byteLength(body) >= SDK_BODY_MAX ? 'partial' : 'complete'
}
