import { type FoldedPath, foldPath } from './paths.ts'

export type Protection = { answer: 'protected' | 'open' } | { answer: 'unreadable'; why: string }

/**
 * A project's protected pattern against a path, both folded. `*` and `?` stay within a segment, `**` crosses them; a
 * pattern without a slash counts at any depth; a pattern that names a folder covers what is below. Brackets are the
 * literal names routers use. Anything else is unreadable, and what cannot be read protects everything.
 */
export function protection(pattern: string, path: FoldedPath): Protection {
  const why = unreadable(pattern)
  if (why) return { answer: 'unreadable', why }
  const wanted = foldPath(pattern).segments
  const anywhere = !pattern.replace(/\/+$/, '').includes('/')
  const full = [...(anywhere ? ['**'] : []), ...wanted, '**']
  const matches = starMatch(full, path.segments, '**', (part, segment) =>
    starMatch([...part], [...segment], '*', (want, have) => want === '?' || want === have),
  )
  return { answer: matches ? 'protected' : 'open' }
}

function unreadable(pattern: string): string | null {
  if (typeof pattern !== 'string' || pattern.trim() === '') return 'The pattern is empty.'
  if (/^!|[{}]|[!+@?*]\(/.test(pattern)) return 'The pattern uses signs that are not supported.'
  const odd = pattern.split('/').some((part) => /[[\]]/.test(part) && !/^\[[^[\]]+\]$|^\[\[[^[\]]+\]\]$/.test(part))
  return odd ? 'The pattern uses a character class, which is not supported.' : null
}

/** Wildcards by the last star seen: never more than pattern × text steps. */
function starMatch(pattern: string[], text: string[], star: string, equal: (want: string, have: string) => boolean) {
  let p = 0
  let t = 0
  let lastStar = -1
  let resume = 0
  while (t < text.length) {
    if (pattern[p] === star) {
      lastStar = p++
      resume = t
    } else if (p < pattern.length && equal(pattern[p]!, text[t]!)) {
      p++
      t++
    } else if (lastStar >= 0) {
      p = lastStar + 1
      t = ++resume
    } else return false
  }
  while (pattern[p] === star) p++
  return p === pattern.length
}
