import type { Json } from '../parse/json.ts'
import { type Draft, parametersOf } from './draft.ts'
import { at, nameOf, type Path, placesIn, withKey, withValue } from './jsonPaths.ts'
import { candidatesFor, isPlaceholder } from './madeUp.ts'
import type { Red } from './shrink.ts'

/** One value of a request somebody may have typed, and how to put another in its place. */
interface Leaf {
  name: string
  value: string | number
  replaced(draft: Draft, next: string | number): Draft
}

/**
 * Replaces every value by a made-up one while the failure stays.
 * @param known strings of the program itself, such as `csv` in `?format=csv`: they may stay, and nobody need look at them.
 * @returns the request, and the names of values that had to stay: a person sees them before anything is pushed.
 */
export async function anonymise(
  draft: Draft,
  red: Red,
  known: ReadonlySet<string> = new Set(),
): Promise<{ draft: Draft; kept: string[] }> {
  const renamed = await renameKeys(draft, red)
  let best = renamed.draft
  const kept = renamed.kept
  const leaves = leavesOf(best)
  const all = leaves.reduce((next, leaf) => leaf.replaced(next, candidatesFor(leaf.value)[0] ?? leaf.value), best)
  if (leaves.length > 1 && (await red(all))) return { draft: all, kept }
  for (const leaf of leaves) {
    const candidates = candidatesFor(leaf.value)
    if (candidates.length === 0 || candidates.includes(leaf.value)) continue
    let done = false
    for (const candidate of candidates) {
      const next = leaf.replaced(best, candidate)
      done = await red(next)
      if (done) best = next
      if (done) break
    }
    if (!done && !isPlaceholder(leaf.value) && !known.has(String(leaf.value))) kept.push(leaf.name)
  }
  return { draft: best, kept }
}

function leavesOf(draft: Draft): Leaf[] {
  const path = parametersOf(draft).map(
    (index): Leaf => ({
      name: `path[${index}]`,
      value: decoded(draft.segments[index] ?? ''),
      replaced: (next, value) => ({ ...next, segments: next.segments.with(index, encodeURIComponent(value)) }),
    }),
  )
  const query = draft.query.map(
    ([key, value], index): Leaf => ({
      name: `query.${key}`,
      value,
      replaced: (next, made) => ({ ...next, query: next.query.with(index, [key, String(made)]) }),
    }),
  )
  return [...path, ...query, ...bodyLeaves(draft)]
}

function bodyLeaves({ body }: Draft): Leaf[] {
  if (body.kind === 'text') {
    return [
      {
        name: 'body',
        value: body.text,
        replaced: (next, made) => ({ ...next, body: { kind: 'text', text: String(made) } }),
      },
    ]
  }
  if (body.kind === 'form') {
    return body.pairs.map(
      ([key, value], index): Leaf => ({
        name: `body.${key}`,
        value,
        replaced: (next, made) =>
          next.body.kind === 'form'
            ? { ...next, body: { kind: 'form', pairs: next.body.pairs.with(index, [key, String(made)]) } }
            : next,
      }),
    )
  }
  if (body.kind !== 'json') return []
  return placesIn(body.value).flatMap((path): Leaf[] => {
    const value = at(body.value, path)
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return [
      {
        name: nameOf('body', path),
        value,
        replaced: (next, made) => withJson(next, (json) => withValue(json, path, made)),
      },
    ]
  })
}

const withJson = (draft: Draft, change: (value: Json) => Json): Draft =>
  draft.body.kind === 'json' ? { ...draft, body: { kind: 'json', value: change(draft.body.value) } } : draft

/** Keys that are values themselves, such as `{ "pt-1": true }`: an identifier has no digits, spaces or `@`. */
const isData = (key: string | number | undefined): key is string =>
  typeof key === 'string' && /[\d@\s:+]|^.{41,}$/.test(key)

async function renameKeys(draft: Draft, red: Red): Promise<{ draft: Draft; kept: string[] }> {
  let best = draft
  const kept: string[] = []
  const places: Path[] =
    draft.body.kind === 'json' ? placesIn(draft.body.value).filter((path) => isData(path.at(-1))) : []
  // Children before parents: a renamed parent would change the children's paths.
  for (const path of places.reverse()) {
    const key = String(path.at(-1))
    const names = candidatesFor(key).map(String)
    if (names.includes(key)) continue
    let done = false
    for (const name of names) {
      const taken = best.body.kind === 'json' && at(best.body.value, [...path.slice(0, -1), name]) !== undefined
      const next = withJson(best, (json) => withKey(json, path, name))
      done = !taken && (await red(next))
      if (done) best = next
      if (done) break
    }
    if (!done) kept.push(nameOf('body', path))
  }
  return { draft: best, kept }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
