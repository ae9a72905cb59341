import { isRare, isSpecific, valuesOf } from './literals.ts'
import type { Mark } from './mark.ts'
import { blockOf, type PyLine, pyConstant } from './pyLines.ts'
import type { Around } from './side.ts'

const COMPARES =
  /==|!=|\bin [[({]|'' (?:not )?in |\.(?:startswith|endswith)\(|\.(?:match|search|fullmatch)\(|^case |\bis ''/
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g
const ERROR_CODE = /^(?:el)?if (?:e|ex|err|error|exc)\w*\.(?:code|errno|status\w*|name|args)\b/i

/** The same judgement as for JavaScript: a rare literal of the failing test, new here, whose branch gives a constant. */
export function pySpecialMarks(lines: PyLine[], before: string, { facts }: Around): Mark[] {
  const { given, expected } = valuesOf(facts)
  const known = (value: string): boolean =>
    (given.has(value) || expected.has(value)) && isRare(value) && !before.includes(value)
  const answer = (value: string): boolean => expected.has(value) && isRare(value)
  return lines.flatMap((line, index): Mark[] => {
    const values = [...line.strings, ...(line.code.match(NUMBER) ?? [])]
    const hits = values.filter(known)
    const mark: Mark = { rule: 'special-case', line: line.number, key: hits.join() }
    if (hits.length === 0) return []
    // A dictionary from inputs to answers, or one expression that does both.
    if (
      /\{ ?''? ?|\{.*:/.test(line.code) &&
      !/^(?:if|elif|case|return json|raise)/.test(line.code) &&
      hits.some(isSpecific) &&
      values.some((v) => answer(v) && !hits.every((h) => h === v))
    )
      return /'' ?:|\d ?:/.test(line.code) ? [mark] : []
    if (!COMPARES.test(line.code) || ERROR_CODE.test(line.code)) return []
    const branch = /^(?:if|elif|case)\b/.test(line.code) ? blockOf(lines, index) : []
    const told = branch.flatMap(({ strings, code }) => [...strings, ...(code.match(NUMBER) ?? [])])
    const ends = branch.flatMap(({ code }) => /^(?:return|[\w.]+ =) (.+)$/.exec(code)?.[1] ?? [])
    const inline = /^return .+ if .+==/.test(line.code) || /^return .*==/.test(line.code)
    const constant = (ends.length > 0 && ends.every(pyConstant)) || inline
    const sly = hits.some(isSpecific) ? constant || told.some(answer) : told.some(answer)
    return sly ? [mark] : []
  })
}
