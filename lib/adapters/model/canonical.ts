import { createHash } from 'node:crypto'
import type { ModelRequest } from '../../domain/model.ts'
import { isObject } from '../../parse/json.ts'

/** Everything of a request that decides what is answered; how long there is to wait for it does not. */
const essence = ({ timeoutMs: _, ...rest }: ModelRequest) => rest

/** One text for one request, in whatever order its properties are. */
export const canonical = (request: ModelRequest): string => JSON.stringify(sorted(essence(request)))

export const hashOf = (request: ModelRequest): string => createHash('sha256').update(canonical(request)).digest('hex')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const keys = Object.keys(value).sort()
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, sorted(value[key])]])))
}

/** Where two requests part, as a path and what stands there: `turns.2.blocks.0.text, from character 12: …`. */
export function difference(kept: ModelRequest, asked: ModelRequest): string {
  return differs('', sorted(essence(kept)), sorted(essence(asked))) ?? 'nothing'
}

const SHOWN = 40

function differs(path: string, kept: unknown, asked: unknown): string | null {
  if (Object.is(kept, asked)) return null
  if (typeof kept === 'string' && typeof asked === 'string') {
    let at = 0
    while (at < kept.length && kept[at] === asked[at]) at += 1
    const part = (text: string) => JSON.stringify(text.slice(at, at + SHOWN))
    return `${path}, from character ${at}: kept ${part(kept)}, asked ${part(asked)}`
  }
  if (!(isObject(kept) && isObject(asked)) && !(Array.isArray(kept) && Array.isArray(asked))) {
    const part = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, SHOWN)
    return `${path}: kept ${part(kept)}, asked ${part(asked)}`
  }
  const [before, after] = [kept, asked] as Record<string, unknown>[]
  for (const key of new Set([...Object.keys(before!), ...Object.keys(after!)])) {
    const found = differs(path ? `${path}.${key}` : key, before![key], after![key])
    if (found) return found
  }
  return null
}
