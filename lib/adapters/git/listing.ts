import type { Entry } from '../../domain/tree.ts'

/** What every listing is asked with: all files below the root, NUL between them, nothing quoted. */
export const LIST = ['ls-tree', '-r', '-z', '-l', '--full-tree']

/** Git's answer to `LIST`. Paths are bytes to git, so the answer is cut as bytes and each path is read by itself. */
export function parseListing(out: Buffer): Entry[] {
  const entries: Entry[] = []
  for (let from = 0; from < out.length; ) {
    const end = out.indexOf(0, from)
    const row = out.subarray(from, end < 0 ? out.length : end)
    const tab = row.indexOf(9)
    const [mode = '', , oid = '', size = '0'] = row.subarray(0, tab).toString('latin1').split(/ +/)
    entries.push({ path: pathOf(row.subarray(tab + 1)), mode, oid, size: Number(size) || 0 })
    from += row.length + 1
  }
  return entries
}

const UNREADABLE = '\uFFFD'

/**
 * A path as text. Segments that are not UTF-8 become U+FFFD and their hex: decoding alone would make one name of two,
 * and a file moved between them would look untouched. A name that holds U+FFFD itself is spelt out too, so that none
 * is taken for another.
 */
export function pathOf(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (!text.includes(UNREADABLE)) return text
  // A slash is one byte and never part of a longer character, so cutting byte by byte is safe.
  return bytes
    .toString('latin1')
    .split('/')
    .map((latin) => {
      const segment = Buffer.from(latin, 'latin1')
      const read = segment.toString('utf8')
      return read.includes(UNREADABLE) ? UNREADABLE + segment.toString('hex') : read
    })
    .join('/')
}
