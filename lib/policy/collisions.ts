import { foldPath } from './paths.ts'

/** Every folder and file of a listing by its folded name, with the spellings in use. */
type Spellings = Map<string, Set<string>>

function spellingsOf(paths: string[]): { spellings: Spellings; known: Set<string> } {
  const spellings: Spellings = new Map()
  const known = new Set<string>()
  for (const path of paths) {
    for (const prefix of prefixesOf(path)) {
      if (known.has(prefix)) continue
      known.add(prefix)
      const folded = foldPath(prefix).segments.join('/')
      spellings.set(folded, (spellings.get(folded) ?? new Set()).add(prefix))
    }
  }
  return { spellings, known }
}

const prefixesOf = (path: string): string[] => {
  const segments = path.split('/')
  return segments.map((_, i) => segments.slice(0, i + 1).join('/'))
}

/**
 * Changed paths that some file system would take for another one of the same tree: a new spelling of a folder or
 * file that is there already, or an edit beside such a pair. Folders that clashed before are left alone.
 */
export function collisionsOf(changed: string[], base: string[], head: string[]): Set<string> {
  if (changed.length === 0) return new Set()
  const before = new Set(base.flatMap(prefixesOf))
  const { spellings, known } = spellingsOf(head)
  const clashes = (path: string, prefix: string): boolean => {
    if (prefix !== path && before.has(prefix)) return false
    return (spellings.get(foldPath(prefix).segments.join('/'))?.size ?? 0) > 1
  }
  return new Set(changed.filter((path) => known.has(path) && prefixesOf(path).some((prefix) => clashes(path, prefix))))
}
