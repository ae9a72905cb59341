import { isObject, type Json, parseJson } from './json.ts'
import { isCard } from './personal.ts'
import { isAddress, isForm, redactAddress, redactForm } from './redactBody.ts'
import { limitText, redactSource, redactText } from './redactText.ts'
import { isCount, secretKind } from './secretKeys.ts'
import { redactUser } from './user.ts'
import { cutText } from './visible.ts'

/** Deeper than any event an SDK sends (they cut at 3 to 10), shallower than what a recursion minds. */
const DEPTH_MAX = 40
/** Values in one document, names of cut containers included. */
const NODES_MAX = 20_000
const KEY_MAX = 200
/** Names under which SDKs send lines of the program. */
const SOURCE_KEYS = new Set(['context_line', 'pre_context', 'post_context'])

interface Walk {
  nodes: number
}

/** Where a value stands: kind of secret its name announces, whether it is source code, how deep. */
interface Place {
  key: string
  kind: string | null
  source: boolean
  depth: number
}

/**
 * One linear pass over a parsed JSON document to what may be stored: secrets and personal data as typed placeholders
 * by name and by look (also inside JSON and forms held in strings), the root's `user` and `did` as a keyed hash,
 * text as `redactText` leaves it, `[deep]` and `[more]` where a document is too deep or too large. Objects in the
 * answer have no prototype, and `__proto__` is not a name in it. Never throws on any JSON value.
 * @param salt the project's own secret; empty is refused, since a hash without a key can be guessed.
 */
export function redact(value: unknown, salt: string): Json {
  if (salt === '') throw new RangeError('redact needs a salt')
  const walk: Walk = { nodes: 0 }
  const root: Place = { key: '', kind: null, source: false, depth: 0 }
  if (!isObject(value)) return redactValue(value, root, walk)
  const { user, did, ...rest } = value
  const out = redactValue(rest, root, walk)
  if (isObject(out)) {
    const hash = redactUser(user, salt)
    if (hash !== null) out.user = Object.assign(Object.create(null), { id: hash })
    const distinct = redactUser(did, salt)
    if (distinct !== null) out.did = distinct
  }
  return out
}

function redactValue(value: unknown, place: Place, walk: Walk): Json {
  walk.nodes += 1
  if (typeof value === 'string') return redactString(value, place, walk)
  if (typeof value === 'number') return redactNumber(value, place)
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null
  if (typeof value !== 'object') return '[value]'
  if (place.depth >= DEPTH_MAX) return '[deep]'
  return Array.isArray(value) ? redactList(value, place, walk) : redactObject(value, place, walk)
}

function redactString(text: string, place: Place, walk: Walk): Json {
  if (text === '') return text
  if (place.kind) return `[${place.kind}]`
  if (place.source) return redactSource(text)
  const first = text.trimStart()[0]
  if (first === '{' || first === '[') {
    const parsed = parseJson(text)
    if (parsed.ok) {
      const inner = redactValue(parsed.value, { ...place, depth: place.depth + 1 }, walk)
      return limitText(JSON.stringify(inner))
    }
  }
  if (isAddress(text)) return redactAddress(text)
  return redactText(isForm(text) ? redactForm(text) : text)
}

function redactNumber(value: number, place: Place): Json {
  if (!Number.isFinite(value)) return '[number]'
  if (place.kind && !isCount(place.key)) return `[${place.kind}]`
  return Number.isSafeInteger(value) && isCard(String(value)) ? '[card]' : value
}

function redactList(list: unknown[], place: Place, walk: Walk): Json[] {
  const out: Json[] = []
  // `["authorization", "Bearer …"]`: headers and tags come as pairs too.
  const pair = list.length === 2 && typeof list[0] === 'string' ? list[0] : null
  for (const [at, item] of list.entries()) {
    if (walk.nodes >= NODES_MAX) return [...out, '[more]']
    const inner = { ...place, depth: place.depth + 1 }
    out.push(redactValue(item, pair !== null && at === 1 ? named(pair, inner) : inner, walk))
  }
  return out
}

function redactObject(value: object, place: Place, walk: Walk): Json {
  const out: { [key: string]: Json } = Object.create(null)
  const entry = entryName(value)
  for (const [key, item] of Object.entries(value)) {
    if (walk.nodes >= NODES_MAX) {
      out['[more]'] = null
      break
    }
    const name = key === '__proto__' ? '[__proto__]' : cutText(redactText(key), KEY_MAX)
    const inner = { ...place, depth: place.depth + 1 }
    out[name] = redactValue(item, named(key === 'value' && entry ? entry : key, inner), walk)
  }
  return out
}

/** `{ "name": "authorization", "value": "…" }` and the same with `key`. */
function entryName(value: object): string | null {
  if (!('value' in value)) return null
  const name = 'name' in value ? value.name : 'key' in value ? value.key : null
  return typeof name === 'string' ? name : null
}

/** A secret name rules everything below it. */
const named = (key: string, place: Place): Place => ({
  ...place,
  key,
  kind: place.kind ?? secretKind(key),
  source: place.source || SOURCE_KEYS.has(key),
})
