import type { Entry } from '../domain/tree.ts'
import { isObject } from './json.ts'

export type GithubTree = { ok: true; entries: Entry[]; truncated: boolean } | { ok: false; why: string }

/** Which modes git knows for what GitHub calls the type. */
const MODES: Record<string, string[]> = {
  blob: ['100644', '100755', '120000'],
  tree: ['040000'],
  commit: ['160000'],
}

const OID = /^([0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * `GET /repos/{owner}/{repo}/git/trees/{sha}?recursive=1`, parsed, as the listing the tree gate judges; folders are left
 * out, since git has none of its own. Whatever is not exactly as documented is refused: a guess here would be a file
 * that nobody judged.
 */
export function githubTree(answer: unknown): GithubTree {
  if (!isObject(answer)) return refused('The answer is no object.')
  const { sha, tree, truncated } = answer
  if (typeof sha !== 'string' || !OID.test(sha)) return refused('The answer does not say which tree it lists.')
  if (!Array.isArray(tree)) return refused('The answer has no list of files.')
  if (typeof truncated !== 'boolean') return refused('The answer does not say whether it was cut short.')
  const entries: Entry[] = []
  for (const [at, row] of tree.entries()) {
    const read = entryOf(row)
    if (typeof read === 'string') return refused(`Entry ${at}: ${read}`)
    if (read.mode !== '040000') entries.push(read)
  }
  return { ok: true, entries, truncated }
}

function entryOf(row: unknown): Entry | string {
  if (!isObject(row)) return 'no object.'
  const { path, mode, type, sha, size } = row
  if (typeof path !== 'string' || path === '') return 'no path.'
  // JSON cannot carry other bytes, so two names that are no Unicode may look alike, and a move between them like none.
  if (/[\p{Cs}\uFFFD]/u.test(path)) return 'the path is not valid Unicode, so it does not say which file it is.'
  if (typeof sha !== 'string' || !OID.test(sha)) return 'no object id.'
  if (typeof type !== 'string' || typeof mode !== 'string' || !Object.hasOwn(MODES, type)) return 'no known type.'
  if (!MODES[type]!.includes(mode)) return 'the mode does not fit the type.'
  if (type !== 'blob') return { path, mode, oid: sha, size: 0 }
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return 'no size.'
  return { path, mode, oid: sha, size }
}

const refused = (why: string): GithubTree => ({ ok: false, why })
