import type { Json } from '../parse/json.ts'
import type { Draft } from './draft.ts'
import { at, placesIn, without } from './jsonPaths.ts'

/** Tells whether a request still fails in the same way. */
export type Red = (draft: Draft) => Promise<boolean>

/** Leaves out whatever the failure does not need: the body, query parameters, keys and elements, one after another. */
export async function shrink(draft: Draft, red: Red): Promise<Draft> {
  let best = draft
  const attempt = async (next: Draft): Promise<boolean> => {
    if (!(await red(next))) return false
    best = next
    return true
  }
  if (best.body.kind !== 'none') {
    const { 'content-type': _, ...headers } = best.headers
    const bare: Draft = { ...best, headers, body: { kind: 'none' } }
    if (!(await attempt(bare))) await attempt({ ...best, body: { kind: 'none' } })
  }
  for (let index = best.query.length - 1; index >= 0; index -= 1) {
    await attempt({ ...best, query: best.query.filter((_, other) => other !== index) })
  }
  if (best.body.kind === 'form') {
    for (let index = best.body.pairs.length - 1; index >= 0; index -= 1) {
      const pairs: [string, string][] = best.body.kind === 'form' ? best.body.pairs : []
      await attempt({ ...best, body: { kind: 'form', pairs: pairs.filter((_, other) => other !== index) } })
    }
  }
  if (best.body.kind === 'json')
    await shrinkJson(best.body.value, (value) => attempt({ ...best, body: { kind: 'json', value } }))
  return best
}

/** Later places first, so that the numbers of earlier list elements hold; parents before children within a place. */
async function shrinkJson(value: Json, attempt: (value: Json) => Promise<boolean>): Promise<void> {
  let best = value
  for (const parents of [true, false]) {
    const places = placesIn(best).filter((path) => (path.length === 1) === parents)
    for (const path of places.reverse()) {
      if (at(best, path) === undefined) continue
      const next = without(best, path)
      if (await attempt(next)) best = next
    }
  }
}
