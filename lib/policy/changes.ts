import type { Entry } from '../domain/tree.ts'

/** One path that is not the same on both sides; null where it does not exist. */
export interface Change {
  path: string
  base: Entry | null
  head: Entry | null
}

/** What differs between two full listings, by path. A renamed file is one that went and one that came. */
export function changesOf(base: Entry[], head: Entry[]): Change[] {
  const before = byPath(base)
  const after = byPath(head)
  const paths = new Set([...before.keys(), ...after.keys()])
  return [...paths]
    .map((path): Change => ({ path, base: before.get(path) ?? null, head: after.get(path) ?? null }))
    .filter(({ base: was, head: is }) => was?.oid !== is?.oid || was?.mode !== is?.mode)
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

const byPath = (entries: Entry[]): Map<string, Entry> => new Map(entries.map((entry) => [entry.path, entry]))

/** Paths that a listing names more than once: no tree of git's does. */
export function repeated(entries: Entry[]): string[] {
  const seen = new Set<string>()
  return entries.map((entry) => entry.path).filter((path) => seen.size === seen.add(path).size)
}
