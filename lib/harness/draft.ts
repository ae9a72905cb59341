import type { FixtureRequest } from '../domain/fixture.ts'
import { isObject, type Json, parseJson } from '../parse/json.ts'
import { routeOf } from '../parse/route.ts'

/** A request taken apart into the pieces that can be dropped or made up. */
export interface Draft {
  method: FixtureRequest['method']
  /** Path segments as sent, percent-encoded. */
  segments: string[]
  query: [string, string][]
  headers: Record<string, string>
  body: Body
}

export type Body =
  | { kind: 'none' }
  | { kind: 'json'; value: Json }
  | { kind: 'form'; pairs: [string, string][] }
  | { kind: 'text'; text: string }

/** Only headers that stay in any case are taken over: what the body is, and those that stand in for redacted ones. */
export function draftOf(request: FixtureRequest, keepHeaders: string[]): Draft {
  const kept = new Set(['content-type', ...keepHeaders.map((name) => name.toLowerCase())])
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  const [path = '/', query = ''] = splitOnce(request.path.split('#', 1)[0] ?? '/', '?')
  return {
    method: request.method,
    segments: path.split('/').slice(1),
    query: [...new URLSearchParams(query)],
    headers: Object.fromEntries(headers.filter(([name]) => kept.has(name))),
    body: bodyOf(request.body, headers.find(([name]) => name === 'content-type')?.[1] ?? ''),
  }
}

function splitOnce(text: string, by: string): string[] {
  const index = text.indexOf(by)
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

function bodyOf(text: string | null, type: string): Body {
  if (text === null || text === '') return { kind: 'none' }
  if (/^application\/x-www-form-urlencoded/i.test(type)) return { kind: 'form', pairs: [...new URLSearchParams(text)] }
  const parsed = parseJson(text)
  // JSON.parse yields nothing but JSON.
  if (parsed.ok && (isObject(parsed.value) || Array.isArray(parsed.value)))
    return { kind: 'json', value: parsed.value as Json }
  return { kind: 'text', text }
}

export function requestOf(draft: Draft): FixtureRequest {
  const query = new URLSearchParams(draft.query).toString()
  const path = `/${draft.segments.join('/')}${query === '' ? '' : `?${query}`}`
  return { method: draft.method, path, headers: draft.headers, body: textOf(draft.body) }
}

function textOf(body: Body): string | null {
  if (body.kind === 'none') return null
  if (body.kind === 'json') return JSON.stringify(body.value)
  return body.kind === 'form' ? new URLSearchParams(body.pairs).toString() : body.text
}

/** Positions of the segments that are values of a route's parameters rather than words of the route. */
export function parametersOf(draft: Draft): number[] {
  const route = routeOf(draft.method, `/${draft.segments.join('/')}`)
  const names = route.slice(route.indexOf('/')).split('/').slice(1)
  return draft.segments.flatMap((_, index) => (names[index] === ':id' ? [index] : []))
}
