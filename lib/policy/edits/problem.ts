import { printable } from '../paths.ts'

/** Why an answer is not taken, each with a test that only it refuses. */
export type EditRule =
  | 'too-long'
  | 'not-json'
  | 'shape'
  | 'path'
  | 'protected'
  | 'unknown-path'
  | 'not-shown'
  | 'new-file'
  | 'hash'
  | 'binary'
  | 'search-empty'
  | 'not-found'
  | 'not-unique'
  | 'overlap'
  | 'no-change'
  | 'whitespace-only'
  | 'hidden-text'
  | 'files'
  | 'lines'
  | 'bytes'

export interface EditProblem {
  rule: EditRule
  /** Counted from one, as an author counts; null when it is about the whole answer. */
  edit: number | null
  /** As the answer spells it; null when it is about no single file. */
  path: string | null
  why: string
}

/** Problems told to the next attempt; more would not be read. */
const TOLD = 8
const PATH_SHOWN = 120

/** The problems in words, one a line, fit to be sent back to whoever wrote the answer. */
export function feedbackOf(problems: EditProblem[]): string {
  const lines = problems.slice(0, TOLD).map(({ edit, path, why }) => {
    const where = [edit === null ? '' : `edit ${edit}`, path === null ? '' : printable(path.slice(0, PATH_SHOWN))]
    const said = where.filter(Boolean).join(', ')
    return said ? `${said}: ${why}` : why
  })
  if (problems.length > TOLD) lines.push(`And ${problems.length - TOLD} more of the kind.`)
  return lines.join('\n')
}
