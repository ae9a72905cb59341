import type { Edit } from '../domain/tree.ts'
import { characterProblem } from './edits/text.ts'
import { pathProblem } from './edits/where.ts'
import { integrityOf } from './integrity.ts'
import { foldPath, printable } from './paths.ts'
import { isTest } from './testPaths.ts'

/** Longest test that is taken; the change it judges has to fit beside it into what a person reads. */
export const NEW_TEST = { lines: 150, bytes: 16 * 1024 } as const

export interface NewTestFacts {
  /** The repository's own test files: a new one lies beside one of them, and ends as it does. */
  tests: string[]
  /** Every path of the base commit. */
  tracked: ReadonlySet<string>
  /** Where the error was thrown: the file that no stand-in may take the place of. */
  subject: Edit
}

/** What makes a stack say another place than the one that failed. */
const STACK =
  /\.\s*stack\b\s*(?:[-+|?&]{0,2}=(?!=))|['"`]stack['"`]|\bstack\s*:|prepareStackTrace|captureStackTrace|\bsource(?:Mapping)?URL\b|\b(?:node:)?vm['"`]|\b(?:runIn\w*Context|setFlagsFromString)\b|\bwith_traceback\b|__traceback__|\bCodeType\b|(?<![.\w])(?:compile|exec)\s*\(|\.setStackTrace\s*\(/

/**
 * Why a file somebody wrote may not be a new test, or null; nothing of it has run. It is new, lies where the repository's
 * tests lie, is protected by nothing, holds no text that is not seen, replaces neither the runtime nor what it tests, and
 * makes up no stack. What it shows is for its runs to say.
 */
export function newTestProblem({ path, text }: Edit, o: NewTestFacts): string | null {
  const { tests, tracked, subject } = o
  const wrong = pathProblem(path, true, { shown: new Map(), tracked, mayCreate: new Set([path]) })
  if (wrong) return said(path, wrong.why)
  if (!isTest(foldPath(path))) return said(path, 'It is neither named nor placed like a test.')
  const beside = tests.filter((test) => folderOf(test) === folderOf(path))
  if (beside.length === 0) return said(path, `A new test lies beside another one, in ${foldersOf(tests)}.`)
  if (!beside.some((test) => endingOf(test) === endingOf(path)))
    return said(path, `It has to end as its neighbours do: ${endingOf(beside[0]!)}.`)
  return textProblem(path, text, subject)
}

function textProblem(path: string, text: string, subject: Edit): string | null {
  const hidden = characterProblem('', text)
  if (hidden) return said(path, hidden)
  const bytes = Buffer.byteLength(text)
  const lines = text.replace(/\n$/, '').split('\n').length
  if (text.trim() === '') return said(path, 'It is empty.')
  if (lines > NEW_TEST.lines || bytes > NEW_TEST.bytes)
    return said(path, `It is ${lines} lines and ${bytes} bytes; at most ${NEW_TEST.lines} and ${NEW_TEST.bytes}.`)
  if (STACK.test(text)) return said(path, 'It makes up where something fails, so its failure would say nothing.')
  // Told together with the file it tests, unchanged, so that a stand-in for that one is seen.
  const read = integrityOf({ [subject.path]: subject.text }, { [subject.path]: subject.text, [path]: text })
  return read.ok ? null : said(path, `line ${read.findings[0]!.line}: ${read.findings[0]!.why}`)
}

const said = (path: string, why: string): string => `${printable(path.slice(0, 120))}: ${why}`

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
const endingOf = (path: string): string => /\.[^./]+$/.exec(path)?.[0] ?? ''

/** Folders named one by one. */
const MOST = 8
const foldersOf = (tests: string[]): string => {
  const folders = [...new Set(tests.map(folderOf))].map((folder) => folder || 'the root')
  return folders.slice(0, MOST).join(', ') + (folders.length > MOST ? ` and ${folders.length - MOST} more` : '')
}
