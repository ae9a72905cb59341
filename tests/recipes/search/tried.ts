import type { SearchInput, Suspect } from '../../../lib/domain/repair.ts'
import type { TestFailure } from '../../../lib/domain/testRun.ts'
import { OPERATORS } from '../../../lib/recipes/search/operators.ts'
import { search } from '../../../lib/recipes/search/search.ts'

export interface Options {
  path?: string
  actual?: string
  expected?: string
  type?: string
  message?: string
  others?: Record<string, string>
  /** The only operator asked; all of them where none is named. */
  operator?: string
  most?: number
}

export interface Tried {
  /** Place of the true text among the candidates, counted from one; 0 where it is missing. */
  rank: number
  texts: string[]
  summaries: string[]
}

export const failureOf = ({ type, message, actual, expected }: Options): TestFailure => ({
  type: type ?? 'AssertionError',
  message: message ?? '',
  actual: actual ?? null,
  expected: expected ?? null,
  frames: [],
})

/** A diff as one text: `+` lines exist only after the repair, `-` lines only before. Changed lines are most suspicious. */
export function tried(diff: string, options: Options = {}): Tried {
  const path = options.path ?? 'src/thing.js'
  const lines = diff.replace(/^\n/, '').replace(/\n *$/, '').split('\n')
  const text = (skip: string): string =>
    `${lines
      .filter((line) => line[0] !== skip)
      .map((line) => line.slice(1))
      .join('\n')}\n`
  const before = lines.filter((line) => line[0] !== '+')
  const suspects: Suspect[] = before.map((line, at) => {
    const next = lines[lines.indexOf(line) + 1] ?? ''
    const weight = line[0] === '-' || next[0] === '+' ? 1 : 0.6
    return { path, line: at + 1, weight }
  })
  const input: SearchInput = {
    files: { ...options.others, [path]: text('+') },
    suspects,
    failures: [{ test: 'it works', file: null, failure: failureOf(options) }],
    most: options.most ?? 300,
  }
  const asked = options.operator ? OPERATORS.filter(({ name }) => name === options.operator) : OPERATORS
  const answers = search(input, asked).flatMap((answer) => (answer.ok ? [answer.proposal] : []))
  const texts = answers.map(({ edits }) => edits[0]!.text)
  return { rank: texts.indexOf(text('-')) + 1, texts, summaries: answers.map(({ summary }) => summary) }
}
