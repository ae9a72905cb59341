import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { wholeEdit } from '../../../lib/domain/lineEdit.ts'
import type { RecipeAnswer, RecipeInput, SearchInput } from '../../../lib/domain/repair.ts'
import { type Case, caseOf } from '../../recipes/diff.ts'

const MAIN = join(import.meta.dirname, '../../../lib/recipes/python/main.py')

/** What the Python recipes say to a text on their standard input. */
export function told(input: string): RecipeAnswer[] {
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', [MAIN], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** With whole texts, as a search does not tell them. */
export function answers(input: RecipeInput | SearchInput): RecipeAnswer[] {
  const all = told(JSON.stringify(input))
  for (const answer of all) {
    if (answer.ok) answer.proposal.edits = answer.proposal.edits.map((edit) => wholeEdit(edit, input.files))
  }
  return all
}

/** A crash as one text, as in `caseOf`; of `app/main.py` where nothing else is said. */
export const crashOf = (diff: string, type: string, message: string, more: Parameters<typeof caseOf>[1] = {}): Case =>
  caseOf(diff, { path: 'app/main.py', type, message, ...more })

/** The texts of the crash's file that are proposed, the surest first. */
export const proposed = (input: RecipeInput): string[] =>
  answers(input).flatMap((one) => (one.ok ? one.proposal.edits.map(({ text }) => text) : []))
