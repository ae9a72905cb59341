import type { Json } from '../parse/json.ts'

/** Places in a JSON document, and copies of it with one place changed. */
export type Path = (string | number)[]

/** `body.items[0].id`, for people. */
export function nameOf(root: string, path: Path): string {
  return path.reduce<string>((name, key) => (typeof key === 'number' ? `${name}[${key}]` : `${name}.${key}`), root)
}

/** Every place below the root, parents before children. */
export function placesIn(value: Json, at: Path = []): Path[] {
  return entriesOf(value).flatMap(([key, child]) => {
    const here = [...at, key]
    return [here, ...placesIn(child, here)]
  })
}

export function entriesOf(value: Json): [string | number, Json][] {
  if (Array.isArray(value)) return value.map((child, index): [number, Json] => [index, child])
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

export function at(value: Json, path: Path): Json | undefined {
  let here: Json | undefined = value
  for (const key of path) {
    if (Array.isArray(here)) here = here[Number(key)]
    else if (typeof here === 'object' && here !== null && Object.hasOwn(here, key)) here = here[key]
    else return undefined
  }
  return here
}

/** A copy with another value at a place. */
export function withValue(value: Json, path: Path, next: Json): Json {
  return changed(value, path, (entries, key) => entries.map(([name, child]) => [name, name === key ? next : child]))
}

/** A copy without a place; later elements of a list move up. */
export function without(value: Json, path: Path): Json {
  return changed(value, path, (entries, key) => entries.filter(([name]) => name !== key))
}

/** A copy in which a key has another name. */
export function withKey(value: Json, path: Path, name: string): Json {
  return changed(value, path, (entries, key) => entries.map(([old, child]) => [old === key ? name : old, child]))
}

type Entries = [string | number, Json][]

function changed(value: Json, path: Path, change: (entries: Entries, key: string | number) => Entries): Json {
  const [key, ...rest] = path
  if (key === undefined) return value
  const entries = entriesOf(value)
  const next =
    rest.length === 0
      ? change(entries, key)
      : entries.map(([name, child]): [string | number, Json] => [
          name,
          name === key ? changed(child, rest, change) : child,
        ])
  if (Array.isArray(value)) return next.map(([, child]) => child)
  return Object.fromEntries(next)
}
