import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecipeAnswer } from '../../lib/domain/repair.ts'
import type { Recipe } from '../../lib/recipes/recipe.ts'
import { openTypes } from '../../lib/recipes/types.ts'
import { type Case, caseOf, DISK } from './diff.ts'

export type Files = Record<string, string>
export interface Told {
  diff: string
  message: string
  type?: string
  path?: string
  files?: Files
  /** Lines of other files on the stack, `path:line`, nearest first. */
  stack?: string[]
  eol?: '\n' | '\r\n'
}

/** Without the types of Node, which cost most of the time; a case that needs them asks for them. */

/** An ES module project run by Node itself, as `examples/clinic`. */
export const ESM: Files = {
  'package.json': '{"type":"module","dependencies":{"fastify":"5.0.0"}}',
  'tsconfig.json':
    '{"compilerOptions":{"module":"nodenext","target":"ES2023","lib":["ES2023"],"types":[],"strict":true,"allowImportingTsExtensions":true}}',
}
/** TypeScript for a bundler, without endings. */
export const BUNDLED: Files = {
  'package.json': '{"dependencies":{"next":"16.0.0","react":"19.0.0"}}',
  'tsconfig.json':
    '{"compilerOptions":{"module":"esnext","moduleResolution":"bundler","target":"ES2022","lib":["ES2022","DOM"],"types":[],"strict":true,"jsx":"preserve"}}',
}
/** JavaScript with `require`. */
export const COMMONJS: Files = {
  'package.json': '{"dependencies":{"express":"5.0.0"}}',
  'tsconfig.json': '{"compilerOptions":{"module":"commonjs","target":"ES2022","lib":["ES2022"],"types":[]}}',
}

/** What a recipe answers to a case; `after` is what its first proposal should write. */
export function ask(repair: Recipe['repair'], told: Told, project: Files = ESM): Case & { answers: RecipeAnswer[] } {
  const made = caseOf(told.diff, { ...told, others: { ...project, ...told.files } })
  const frames = (told.stack ?? []).map((at) => {
    const [path = '', line = ''] = at.split(':')
    return { path, line: Number(line), column: null, function: null }
  })
  const input = { ...made.input, frames: [...made.input.frames, ...frames] }
  return { ...made, input, answers: [repair(input, openTypes(input.files, DISK))].flat() }
}

/** The text of a proposal's one edit, or why there is none. */
export const textOf = (answer: RecipeAnswer | undefined): string =>
  answer?.ok ? answer.proposal.edits.map(({ text }) => text).join('\n---\n') : (answer?.why ?? 'no answer')

export const whyOf = (answers: RecipeAnswer[]): string => answers.map((a) => (a.ok ? textOf(a) : a.why)).join()

/** The sample app's own files. */
export function clinic(): Files {
  const root = join(DISK.root, 'examples/clinic')
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const kept = paths.filter(
    (path) => /(?:\.[jt]s|package\.json|tsconfig\.json)$/.test(path) && !/node_modules/.test(path),
  )
  return Object.fromEntries(kept.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}
