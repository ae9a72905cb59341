/** A path as the most forgiving file system would read it: what the floor's rules are matched against. */
export interface FoldedPath {
  segments: string[]
  /** The last segment. */
  name: string
}

/** Segments compared without case, compatibility forms, marks, invisible characters and trailing dots or spaces. */
export function foldPath(path: string): FoldedPath {
  // Folding first: a full-width slash is a separator only afterwards. Upper then lower also folds ß, ı and ſ.
  const cased = path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
  const visible = cased.replace(/[\p{Cf}\p{Cc}\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/gu, '')
  const segments = visible
    .split(/[/\\]/)
    .map((segment) => trimmed(segment.split(':')[0]!))
    .filter((segment) => segment !== '')
  return { segments, name: segments.at(-1) ?? '' }
}

/** Windows drops these at the end of a name, so `vercel.json.` is `vercel.json` there. */
function trimmed(segment: string): string {
  let end = segment.length
  while (end > 0 && (segment[end - 1] === '.' || segment[end - 1] === ' ')) end--
  return segment.slice(0, end)
}

/** Longest path, and deepest, that a change may have; git and file systems disagree beyond. */
const LONGEST = 1024
const DEEPEST = 64

/** Why a path cannot be part of a change at all, or null. */
export function malformed(path: string): string | null {
  if (path.length > LONGEST) return 'The path is too long.'
  const segments = path.split('/')
  if (segments.length > DEEPEST) return 'The path is too deep.'
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..'))
    return 'The path does not name a file inside the repository.'
  if (/[\p{Cs}\uFFFD]/u.test(path)) return 'The path is not valid Unicode.'
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(path))
    return 'The path holds invisible characters.'
  if (path.includes('\\') || path.includes(':')) return 'Some file systems read this path as another one.'
  if (segments.some((segment) => /^[^.]{1,6}~\d+(\.[^.]{1,3})?$/.test(segment)))
    return 'The path is a short name that may stand for another file.'
  return null
}

/** For people: what cannot be seen is written out. */
export const printable = (path: string): string =>
  path.replace(
    /[\p{Cc}\p{Cf}\p{Mn}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  )
