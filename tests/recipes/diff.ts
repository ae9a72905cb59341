import { resolve } from 'node:path'
import ts from 'typescript'
import type { CrashSite, RecipeAnswer, RecipeInput } from '../../lib/domain/repair.ts'
import type { Recipe } from '../../lib/recipes/recipe.ts'
import { type Disk, openTypes } from '../../lib/recipes/types.ts'

/** Dependencies are ours, so that cases have the types of Node. */
export const DISK: Disk = { root: resolve(import.meta.dirname, '../..'), system: ts.sys }

/** A case as one text: `+` lines exist only after the repair, `-` lines only before, `¦` marks where V8 points. */
export interface Case {
  input: RecipeInput
  before: string
  after: string
}

interface Options {
  path?: string
  message?: string
  type?: string
  eol?: '\n' | '\r\n'
  column?: boolean
  others?: Record<string, string>
}

export function caseOf(diff: string, options: Options = {}): Case {
  const eol = options.eol ?? '\n'
  const lines = diff.replace(/^\n/, '').replace(/\n *$/, '').split('\n')
  const pick = (skip: string): string[] => lines.filter((line) => line[0] !== skip).map((line) => line.slice(1))
  const marked = pick('+')
  const at = marked.findIndex((line) => line.includes('¦'))
  const column = (marked[at] ?? '').indexOf('¦')
  const word = /^\[?([\w$]*)/.exec((marked[at] ?? '').slice(column + 1))?.[1] ?? ''
  const text = (all: string[]): string => all.map((line) => line.replace('¦', '')).join(eol) + eol
  const path = options.path ?? 'src/routes/launch.ts'
  const crash: CrashSite = {
    path,
    line: at + 1,
    column: options.column === false ? null : column + 1,
    function: null,
    type: options.type ?? 'TypeError',
    message: options.message ?? `Cannot read properties of undefined (reading '${word}')`,
  }
  const before = text(marked)
  return {
    input: { crash, frames: [crash], files: { ...options.others, [path]: before } },
    before,
    after: text(pick('-')),
  }
}

/** The last of a recipe's answers: its own, behind any that rests on a helper of the repository. */
export function last(recipe: Recipe['repair'], input: RecipeInput): RecipeAnswer {
  const answer = [recipe(input, openTypes(input.files, DISK))].flat().at(-1)
  if (!answer) throw new Error('the recipe says nothing')
  return answer
}
