import type { Remark } from './mark.ts'
import type { PyLine } from './pyLines.ts'
import { came, type PyMark, pyMark } from './pyMarks.ts'

/** Words of checks of rights alone. */
const STRONG =
  /auth(?!or(?!i[sz]))|permission|\bis_(?:admin|owner|staff|superuser|authenticated)\b|login_required|csrf|\bjwt\b|forbidden|compare_digest/i
/** Words of such checks that other code uses too: databases, numbers, functions. */
const WEAK = /session|\bverify|signature|\brole\b|\b40[13]\b/i
const GUARD = /^(?:if|elif|assert|@|raise\b)|^(?:await )?[\w.]+\(/

/**
 * Checks of rights that went. One that says so in its own words may not change but in what its calls are given; of a word
 * that other code uses too, only the last mention of a function may not go, and a person sees the rest.
 */
export function pyCheckChanges(before: PyLine[], after: PyLine[]): Remark[] {
  const [old, now] = [before, after].map((lines) => lines.filter(({ code }) => GUARD.test(code))) as [
    PyLine[],
    PyLine[],
  ]
  const strong = (lines: PyLine[]) => marksOf(lines, STRONG, 'removed-check')
  const weak = (lines: PyLine[]) =>
    marksOf(
      lines.filter(({ code }) => !STRONG.test(code)),
      WEAK,
      'changed-check',
    )
  const left = (line: PyLine, word: string) =>
    now.some(({ scope, code }) => scope === line.scope && code.toLowerCase().includes(word))
  const changed = came(weak(now), weak(old)).map((remark): Remark => {
    const line = old.find(({ number }) => number === remark.line)!
    const word = WEAK.exec(line.code)?.[0].toLowerCase() ?? ''
    const raises =
      line.code.startsWith('raise') && now.some(({ scope, code }) => scope === line.scope && code.startsWith('raise'))
    return raises || left(line, word)
      ? remark
      : { ...remark, rule: 'removed-check', why: 'It takes away a line that looks like a check of rights.' }
  })
  return [...came(strong(now), strong(old)), ...changed]
}

/** A call is known by its name, anything else by all it says. */
const marksOf = (lines: PyLine[], words: RegExp, rule: PyMark['rule']): PyMark[] =>
  lines
    .filter(({ code }) => words.test(code))
    .map((line) =>
      pyMark(rule, line, /^(?:await |raise )?([\w.]+)\(/.exec(line.code)?.[1] ?? line.code + line.strings.join()),
    )
