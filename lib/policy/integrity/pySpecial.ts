import { workedOut } from './answers.ts'
import { isRare, isSpecific, valuesOf } from './literals.ts'
import { pyWorks } from './pyFeature.ts'
import { blockOf, type PyLine } from './pyLines.ts'
import { type PyMark, pyMark } from './pyMarks.ts'
import { pyConstant } from './pyValues.ts'
import type { Around } from './side.ts'

const COMPARES =
  /[=!]=|(?<![-<])[<>]=?|\bin [[({]|(?:''|\w) (?:not )?in |\.(?:startswith|endswith|find|index|count|get)\(|\.(?:match|search|fullmatch)\(|^case |\bis ''/
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g
const ERROR_CODE = /^(?:el)?if (?:e|ex|err|error|exc)\w*\.(?:code|errno|status\w*|name|args)\b/i
/** Schemes, names Python gives, extensions, media types: programs know these whatever is tested. */
const VOCABULARY = /^[a-z]+:\/\/$|^__\w+__$|^\.\w+$|^[a-z]+\/[\w.+-]+$/
/** A branch, or a default, for what is not there may say so in words of its own. */
const ABSENT =
  /^(?:el)?if (?:not [\w.]+(?:\(\))?|[\w.[\]']+ (?:is None|== ''|in \(None, ''\))|len\([\w.]+\) == 0) ?:|^else ?:|^except\b/
const FAILS = /^(?:error|message|reason|problem|detail|title|status)s?$/i

/**
 * Code written for the failing test's own input or answer: a comparison with one of its literals whose branch gives nothing
 * but what is written out, a table of the two, or the answer itself where there was a computation.
 */
export function pySpecialMarks(lines: PyLine[], old: PyLine[], before: string, { facts }: Around): PyMark[] {
  const { given, expected } = valuesOf(facts)
  if (given.size + expected.size === 0) return []
  const isNew = (value: string) => isRare(value) && !before.includes(value)
  const known = (value: string) => (given.has(value) || expected.has(value)) && isNew(value)
  const answer = (value: string) => expected.has(value) && isNew(value)
  const names = constantsIn(lines, known)
  const valuesIn = (line: PyLine) => [
    ...line.strings,
    ...(line.code.match(NUMBER) ?? []),
    ...[...names].flatMap(([name, value]) => (new RegExp(`\\b${name}\\b`).test(line.code) ? [value] : [])),
  ]
  const spelt = (line: PyLine): PyLine => ({
    ...line,
    code: [...names.keys()].reduce((code, name) => code.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), "''"), line.code),
  })
  return lines.flatMap((line, index): PyMark[] => {
    const hits = valuesIn(line).filter(known)
    if (hits.length === 0 || /^raise\b/.test(line.code)) return []
    const mark = [pyMark('special-case', line, hits.join())]
    const specific = hits.some((value) => isSpecific(value) && !VOCABULARY.test(value))
    const compares = COMPARES.test(line.code) && !ERROR_CODE.test(line.code)
    const branch = compares ? guarded(lines, index) : []
    const answers = (one: PyLine) => !/^raise\b/.test(one.code) && valuesIn(one).some(answer)
    if (branch.length > 0 && (branch.some(answers) || (specific && !pyWorks(branch.map(spelt))))) return mark
    if (specific && compares && inlineAnswer(line)) return mark
    if (specific && isTable(line) && keysIn(line).some(known) && rowsOf(line, old) < 2) return mark
    return specific && isAnswer(lines, index, old, hits.filter(workedOut(facts))) ? mark : []
  })
}

/** Names of the file that stand for a literal of the test. */
function constantsIn(lines: PyLine[], known: (value: string) => boolean): Map<string, string> {
  return new Map(
    lines.flatMap(({ code, strings }): [string, string][] => {
      const [, name, value] = /^(\w+)(?: ?: ?\w+)? ?= ?(''|-?\d[\d.]*)$/.exec(code) ?? []
      const is = value === "''" ? (strings[0] ?? '') : value
      return name && is !== undefined && known(is) ? [[name, is]] : []
    }),
  )
}

/** What happens when the comparison of a line holds, or the name it is kept in does. */
function guarded(lines: PyLine[], index: number): PyLine[] {
  const line = lines[index]!
  if (/^(?:if|elif|case|while)\b/.test(line.code)) return blockOf(lines, index)
  const flag = /^(\w+) = /.exec(line.code)?.[1]
  const used = flag && new RegExp(`^(?:el)?if .*\\b${flag}\\b`)
  return used
    ? lines.flatMap((one, at) =>
        at > index && one.scope === line.scope && used.test(one.code) ? blockOf(lines, at) : [],
      )
    : []
}

/** One expression that compares and answers. */
function inlineAnswer({ code }: PyLine): boolean {
  const value = /^(?:return|[\w.]+ =) (.+)$/.exec(code)?.[1]
  const [, then, other] = /^(.+?) if .+? else (.+)$/.exec(value ?? '') ?? []
  if (then && other) return pyConstant(then) || pyConstant(other)
  return /(?:[=!]=|\bin) .*\band (?:''|-?\d|\[)/.test(value ?? '')
}

/** Inputs and their answers side by side. */
const isTable = ({ code }: PyLine): boolean =>
  /\{ ?(?:''|-?\d[\d.]*) ?: ?(?:''|-?\d|\[|\(|\{)/.test(code) &&
  !/^(?:if|elif|case|return (?:json|jsonify))\b/.test(code)

function keysIn({ code, strings }: PyLine): string[] {
  const texts = [...code.matchAll(/''( ?:)?/g)].flatMap(([, colon], at) => (colon ? [strings[at] ?? ''] : []))
  return [...texts, ...[...code.matchAll(/(-?\d[\d.]*) ?:/g)].map(([, key]) => key!)]
}

/** Rows the table had before. */
function rowsOf({ code, scope }: PyLine, old: PyLine[]): number {
  const name = /^[\w.]+(?= ?(?:: ?[\w.[\], ]+)?=)/.exec(code)?.[0]
  const was = name && old.find((line) => line.scope === scope && line.code.startsWith(name) && line.code.includes('{'))
  return was ? (was.code.match(/(?:''|\d) ?:/g)?.length ?? 0) : 0
}

/** Whether what the test expects is given as it stands, where something was computed. */
function isAnswer(lines: PyLine[], index: number, old: PyLine[], hits: string[]): boolean {
  const { code, strings, scope } = lines[index]!
  const value =
    /^(?:return|yield|[\w.[\]']+(?: ?: ?[\w.[\], ]+)? ?[+-]?=(?!=)|[\w.]+\.(?:append|add|extend)\() ?(.+)$/.exec(
      code,
    )?.[1]
  if (value === undefined || hits.length === 0 || !hits.some((hit) => !VOCABULARY.test(hit))) return false
  if (/\.get\(.*,|\bor ''|[=!]= ?(?:''|-?\d)/.test(value) || strings.some((one) => FAILS.test(one))) return false
  const head = headOf(lines, index)
  if (head && ABSENT.test(head.code)) return false
  // A constant in place of a constant, or one more of several, is what the program is told.
  const target = /^(?:return|[\w.]+(?= ?(?::.*)?=))/.exec(code)?.[0] ?? ''
  const was = old.filter((line) => line.scope === scope && line.code.startsWith(target))
  const constants = was.filter((line) => pyConstant(line.code.slice(target.length).replace(/^[^=]*= ?/, '')))
  return !(target !== '' && was.length > 0 && constants.length === was.length) && constants.length < 2
}

/** The line a block hangs on. */
function headOf(lines: PyLine[], index: number): PyLine | undefined {
  return lines.slice(0, index).findLast(({ indent }) => indent < lines[index]!.indent)
}
