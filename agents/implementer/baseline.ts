import type { Sha } from '../../lib/domain/tree.ts'

/** Bases kept: several issues are repaired on one base, and then production moves on. */
const KEEP = 4

/**
 * What runs of an untouched base commit showed, kept while this process lives: the same tree with the same dependencies
 * is the same evidence for the next issue. A run that throws is not kept.
 */
export function baselines<T>(): (base: Sha, dependencies: string | null, run: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (base, dependencies, run) => {
    const key = `${base} ${dependencies ?? ''}`
    const kept = known.get(key)
    if (kept) return kept
    const running = run()
    known.set(key, running)
    running.catch(() => known.delete(key))
    if (known.size > KEEP) known.delete(known.keys().next().value!)
    return running
  }
}
