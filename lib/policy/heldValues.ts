import type { CapturedRequest } from '../domain/event.ts'
import { isSpecific } from './integrity/literals.ts'

/** Shorter ones stand in any program by chance. */
const LEAST = 6
const MOST = 50
const DEPTH = 20

/**
 * Where the captured request has a value that also stands in a test: somebody's data, perhaps, and for good once it is
 * committed. Only values that hardly stand there by chance: with digits, spaces or marks, or long.
 */
export function heldValues(text: string, request: CapturedRequest | null): string[] {
  if (!request) return []
  const held = [...inQuery(request.path), ...inBody(request.body)].filter(
    ({ value }) => value.length >= LEAST && isSpecific(value) && text.includes(value),
  )
  return [...new Set(held.map(({ at }) => at))].slice(0, MOST)
}

type Leaf = { at: string; value: string }

function inQuery(path: string): Leaf[] {
  const [way = '', query = ''] = path.split('?', 2)
  const parts = way.split('/').map((value, at) => ({ at: `path.${at}`, value }))
  return [...parts, ...[...new URLSearchParams(query)].map(([name, value]) => ({ at: `query.${name}`, value }))]
}

/** Leaves of a JSON body, fields of a form; a text of another kind as the one value it is. */
function inBody(body: string | null): Leaf[] {
  if (body === null) return []
  try {
    return leavesOf(JSON.parse(body), 'body', 0)
  } catch {
    const fields = /^[\w%.~+-]+=/.test(body) ? [...new URLSearchParams(body)] : []
    return [{ at: 'body', value: body.trim() }, ...fields.map(([name, value]) => ({ at: `body.${name}`, value }))]
  }
}

function leavesOf(value: unknown, at: string, depth: number): Leaf[] {
  if (depth > DEPTH) return []
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${at}.${name}`, depth + 1))
  return typeof value === 'string' || typeof value === 'number' ? [{ at, value: String(value) }] : []
}
