import { createHash } from 'node:crypto'
import { type ModelEdit, NEW_FILE, SHORT_HASH } from '../../domain/modelEdits.ts'
import type { Edit } from '../../domain/tree.ts'
import { CAPS } from '../content.ts'
import { difference } from '../difference.ts'
import { endingLike, inLineEndsOf, type Place, placesOf, plainOf } from './locate.ts'
import type { EditProblem } from './problem.ts'
import { readAnswer } from './read.ts'
import { characterProblem } from './text.ts'
import { type EditContext, pathProblem } from './where.ts'
import { withoutSpace } from './whitespace.ts'

/** Whole new texts of the files, or every problem that was found. `explanation` is the author's own, untrusted. */
export type EditsAnswer = { ok: true; edits: Edit[]; explanation: string } | { ok: false; problems: EditProblem[] }

/** What to show beside a file, and to ask back: an edit of another version of it is refused. */
export const shortHash = (text: string): string => fullHash(text).slice(0, SHORT_HASH)
const fullHash = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/**
 * A model's raw answer as edits of files it was shown. Pure; never throws; refuses rather than guesses: every text to
 * be replaced has to stand in its file exactly once. Feed `feedbackOf(problems)` back to the next attempt.
 */
export function editsOf(answer: string, o: EditContext): EditsAnswer {
  const read = readAnswer(answer)
  if (!read.ok) return { ok: false, problems: [read.problem] }
  const problems: EditProblem[] = []
  const files = new Map<string, Located[]>()
  read.value.edits.forEach((edit, index) => {
    const found = located(edit, o)
    if ('rule' in found) problems.push({ ...found, edit: index + 1, path: edit.path })
    else files.set(edit.path, [...(files.get(edit.path) ?? []), { ...found, edit: index + 1 }])
  })
  const edits: Edit[] = []
  for (const [path, places] of files) {
    const clash = overlapping(places)
    if (clash)
      problems.push({ rule: 'overlap', edit: clash.edit, path, why: 'It changes text that another edit changes too.' })
    else edits.push({ path, text: applied(o.shown.get(path) ?? '', places) })
  }
  if (problems.length === 0) problems.push(...wholeProblems(edits, o))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, edits, explanation: read.value.explanation }
}

type Located = Place & { edit: number; replace: string }
type Problem = Pick<EditProblem, 'rule' | 'why'>

function located({ path, hash, search, replace }: ModelEdit, o: EditContext): Omit<Located, 'edit'> | Problem {
  const isNew = hash === NEW_FILE
  const problem = pathProblem(path, isNew, o)
  if (problem) return problem
  const wrong = characterProblem(search, replace)
  if (wrong) return { rule: 'hidden-text', why: wrong }
  if (isNew) {
    if (search !== '') return { rule: 'new-file', why: 'A new file has nothing to search for.' }
    return { from: 0, to: 0, replace }
  }
  const file = o.shown.get(path) ?? ''
  if (!fullHash(file).startsWith(hash)) return { rule: 'hash', why: `The file shown has the hash ${shortHash(file)}.` }
  if (file.includes('\0') || file.includes('\uFFFD')) return { rule: 'binary', why: 'Only text files are changed.' }
  if (search === '') return { rule: 'search-empty', why: 'Say which text of the file is to be replaced.' }
  if (search === replace) return { rule: 'no-change', why: 'It replaces a text with itself.' }
  const plain = plainOf(file)
  const [place, ...others] = placesOf(plain, search)
  if (!place) return { rule: 'not-found', why: notFound(plain.text, search) }
  if (others.length > 0)
    return {
      rule: 'not-unique',
      why: `That text stands there ${others.length + 1} times; take more lines around it, so that it stands there once.`,
    }
  return { ...place, replace: inLineEndsOf(file, plain, replace) }
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim()

function notFound(text: string, search: string): string {
  const near = squeeze(search) !== '' && squeeze(text).includes(squeeze(search))
  return near
    ? 'That text is not in the file as written: its spaces, indentation or line breaks differ. Copy it exactly.'
    : 'That text is not in the file.'
}

function overlapping(places: Located[]): Located | null {
  const sorted = [...places].sort((a, b) => a.from - b.from || a.to - b.to)
  return sorted.find((place, i) => i > 0 && place.from < Math.max(sorted[i - 1]!.to, sorted[i - 1]!.from + 1)) ?? null
}

function applied(file: string, places: Located[]): string {
  const last = [...places].sort((a, b) => b.from - a.from)
  const result = last.reduce((text, { from, to, replace }) => text.slice(0, from) + replace + text.slice(to), file)
  return endingLike(file, plainOf(file), result)
}

/** What only shows on the whole: that nothing happens, or too much. */
function wholeProblems(edits: Edit[], { shown }: EditContext): EditProblem[] {
  const say = (rule: EditProblem['rule'], why: string): EditProblem => ({ rule, edit: null, path: null, why })
  const old = (path: string): string => shown.get(path) ?? ''
  const problems: EditProblem[] = []
  if (edits.every(({ path, text }) => text === old(path))) return [say('no-change', 'Nothing changes.')]
  if (edits.every(({ path, text }) => withoutSpace(path, text) === withoutSpace(path, old(path))))
    problems.push(say('whitespace-only', 'Only white space changes, which repairs nothing.'))
  const sizes = edits.map(({ path, text }) => difference(old(path), text, CAPS.lines))
  const lines = sizes.reduce((sum, size) => sum + size.lines, 0)
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0)
  if (edits.length > CAPS.files) problems.push(say('files', `${edits.length} files change; at most ${CAPS.files}.`))
  if (lines > CAPS.lines) problems.push(say('lines', `More than ${CAPS.lines} lines change.`))
  if (bytes > CAPS.bytes) problems.push(say('bytes', `${bytes} bytes change; at most ${CAPS.bytes}.`))
  return problems
}
