import type { Sha } from '../lib/domain/tree.ts'
import type { CodeReader } from '../lib/world.ts'

const KEEP = 32
const known = new Map<Sha, ReadonlySet<string>>()

/** Paths tracked at a commit; null when the repository does not know it. A frame resolves only against these. */
export async function trackedFiles(code: CodeReader, sha: Sha | null): Promise<ReadonlySet<string> | null> {
  if (!sha) return null
  const cached = known.get(sha)
  if (cached) return cached
  try {
    const paths = new Set((await code.files(sha)).map((entry) => entry.path))
    if (known.size >= KEEP) known.delete(known.keys().next().value!)
    known.set(sha, paths)
    return paths
  } catch {
    return null
  }
}
