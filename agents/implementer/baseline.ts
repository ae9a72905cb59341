import type { Oid } from '../../lib/domain/tree.ts'

/** Trees kept, the last used: several issues are repaired on one base, and then production moves on. */
const KEEP = 8

interface Baselines<T> {
  /** What runs of this tree showed: kept from before, or run now. A run that throws is not kept. */
  of(tree: Oid, dependencies: string | null, run: () => Promise<T>): Promise<T>
  /** A patched tree that is proven is the base of what comes after it. */
  keep(tree: Oid, dependencies: string | null, seen: T): void
}

/**
 * What runs of an untouched tree showed, kept while this process lives: the same tree with the same dependencies is the
 * same evidence for the next issue.
 */
export function baselines<T>(): Baselines<T> {
  const known = new Map<string, Promise<T>>()
  const keep = (key: string, seen: Promise<T>) => {
    known.delete(key)
    known.set(key, seen)
    seen.catch(() => known.delete(key))
    if (known.size > KEEP) known.delete(known.keys().next().value!)
    return seen
  }
  const keyOf = (tree: Oid, dependencies: string | null) => `${tree} ${dependencies ?? ''}`
  return {
    of: (tree, dependencies, run) => {
      const key = keyOf(tree, dependencies)
      return keep(key, known.get(key) ?? run())
    },
    keep: (tree, dependencies, seen) => {
      keep(keyOf(tree, dependencies), Promise.resolve(seen))
    },
  }
}
