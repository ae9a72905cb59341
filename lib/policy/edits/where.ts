import { floorHits } from '../floor.ts'
import { foldPath, malformed } from '../paths.ts'
import { testHits } from '../testPaths.ts'
import type { EditRule } from './problem.ts'

/** What the author of an answer was given, and where it may add files. */
export interface EditContext {
  /** Texts by path, whole and exactly as they were shown. A file that was cut when shown does not belong here. */
  shown: ReadonlyMap<string, string>
  /** Every path of the base commit. */
  tracked: ReadonlySet<string>
  /** New files that may come, spelt exactly. */
  mayCreate: ReadonlySet<string>
  /** The diagnosis says that a test is wrong: existing tests may be edited. */
  testDefect?: boolean
}

export type PathProblem = { rule: EditRule; why: string } | null

/** Whether a path of an answer may be edited at all. The tree gate judges the result once more. */
export function pathProblem(path: string, isNew: boolean, o: EditContext): PathProblem {
  const broken = malformed(path)
  if (broken) return { rule: 'path', why: broken }
  if (path !== path.normalize('NFC') || path.split('/').some((segment) => /[. ]$|^ /.test(segment)))
    return { rule: 'path', why: 'Some file systems read this path as another one.' }
  const folded = foldPath(path)
  const existing = o.tracked.has(path)
  const hits = [...floorHits(folded), ...testHits(folded, { existing, testDefect: o.testDefect === true })]
  const hit = hits.find(({ answer }) => answer === 'refused')
  if (hit) return { rule: 'protected', why: `${hit.why} It may not be changed.` }
  if (!isNew && o.shown.has(path)) return null
  if (!isNew && existing)
    return { rule: 'not-shown', why: 'This file was not shown, so an edit of it would be a guess. Ask for it first.' }
  if (!isNew) return { rule: 'unknown-path', why: 'There is no such file.' }
  return newProblem(path, o)
}

function newProblem(path: string, o: EditContext): PathProblem {
  if (o.tracked.has(path)) return { rule: 'new-file', why: 'It is there already; give its hash and a text to search.' }
  if (!o.mayCreate.has(path)) return { rule: 'new-file', why: 'New files are not allowed there.' }
  const folded = foldPath(path).segments.join('/')
  const twin = [...o.tracked].some((other) => foldPath(other).segments.join('/') === folded)
  return twin ? { rule: 'path', why: 'Some file systems take this for another file of the repository.' } : null
}
