import type { Remark } from './mark.ts'
import { blockOf, type PyLine } from './pyLines.ts'
import { LOG_CALL } from './pyLogs.ts'
import { type PyMark, pyMark } from './pyMarks.ts'
import { pyMadeUp } from './pyValues.ts'

const TAKES_OVER =
  /\b(?:sys\.(?:excepthook|unraisablehook)|threading\.excepthook|sys\.tracebacklimit) ?=(?!=)|\bset_exception_handler\(/
const BROAD =
  /^except ?\*? ?:|\b(?:Exception|BaseException|AssertionError|NameError|SystemExit|KeyboardInterrupt|GeneratorExit)\b/
/** A try block of more lines than this expects nothing in particular. */
const FEW = 3
const EXPECTED = 'It answers an error it names, and goes on.'

/** `except` clauses that forget, and the ways Python has of saying so in one word. */
export function pySwallowMarks(lines: PyLine[]): PyMark[] {
  return lines.flatMap((line, index): PyMark[] => {
    const swallowed = (found: string, why?: string) => [pyMark('swallowed-error', line, found, why)]
    const { code } = line
    if (/^except\b.*:/.test(code)) return handlerMarks(lines, index)
    if (/^finally ?:/.test(code) && blockOf(lines, index).some((one) => /^(?:return|break|continue)\b/.test(one.code)))
      return swallowed('finally')
    const suppressed = /\bsuppress\((.*)\)/.exec(code)?.[1]
    if (suppressed !== undefined)
      return BROAD.test(suppressed) ? swallowed('suppress') : [pyMark('expected-error', line, 'suppress')]
    if (TAKES_OVER.test(code)) return swallowed('hook', 'It takes over the errors that nobody handles.')
    if (/\breturn_exceptions ?= ?True/.test(code) && !looksAtResults(lines, line)) return swallowed('return_exceptions')
    const leaves = /^def __exit__\(/.test(code) && blockOf(lines, index).some((one) => one.code === 'return True')
    return leaves ? swallowed('__exit__') : []
  })
}

function handlerMarks(lines: PyLine[], index: number): PyMark[] {
  const head = lines[index]!
  const body = blockOf(lines, index)
  if (body.length === 0 || answers(lines, index, body)) return []
  const inline = body[0]!.number === head.number
  const clause = inline ? head.code.replace(/:.*/, ':') : head.code
  const text = [head, ...body].map(({ code, strings }) => code + strings.join()).join(';')
  if (BROAD.test(clause) || triedAbove(lines, index).length > FEW)
    return [pyMark('swallowed-error', head, 'except', undefined, text)]
  return saysNo(lines, head, body) ? [] : [pyMark('expected-error', head, 'except', EXPECTED, text)]
}

/** The lines of the `try` an `except` belongs to. */
function triedAbove(lines: PyLine[], index: number): PyLine[] {
  for (let at = index - 1; at >= 0; at--) {
    const { indent, code } = lines[at]!
    if (indent < lines[index]!.indent) break
    if (indent === lines[index]!.indent && /^try ?:/.test(code)) return blockOf(lines, at)
  }
  return []
}

/** A function that says yes or no, and says no of what cannot be read. */
function saysNo(lines: PyLine[], head: PyLine, body: PyLine[]): boolean {
  const said = /^return (True|False)$/.exec(body[0]!.code)?.[1]
  if (!said || body.length > 1) return false
  const other = said === 'True' ? 'False' : 'True'
  return lines.some(({ scope, code }) => scope === head.scope && code === `return ${other}`)
}

function looksAtResults(lines: PyLine[], at: PyLine): boolean {
  const later = lines.filter(({ scope, number }) => scope === at.scope && number > at.number)
  return later.some(({ code }) => /\bisinstance\(.*(?:Exception|Error)\b|^raise\b/.test(code))
}

/** Whether a handler does something about the error: throws, tells, answers with it or with a failure. */
function answers(lines: PyLine[], index: number, body: PyLine[]): boolean {
  const error = / as (\w+) ?:/.exec(lines[index]!.code)?.[1]
  const mentions = (code: string | undefined) =>
    error !== undefined && code !== undefined && new RegExp(`\\b${error}\\b`).test(code)
  const logged = body.some(({ code }) => isLog(code))
  return body.some(({ code, strings, indent }, at) => {
    // Some errors thrown on and others forgotten is as good as naming the others.
    if (/^raise\b/.test(code)) return !mentions(body.slice(0, at).findLast((one) => one.indent < indent)?.code)
    if (NEUTRAL.test(code) || isLog(code)) return false
    const [, target, counts, value] = ASSIGNS.exec(code) ?? []
    const result = value ?? /^(?:return|yield) (.+)$/.exec(code)?.[1]
    if (result === undefined) return !pyMadeUp(code)
    if (target && !usedLater(lines, index, body, target)) return false
    if (counts || mentions(result) || !pyMadeUp(result)) return true
    if (target && tellsIn(target, result)) return true
    return tells(result, strings) || (logged && /^[1-9]$/.test(result))
  })
}

const NEUTRAL =
  /^(?:if|elif|else|for|while|with|try|except|finally|pass|continue|break|return$|del|''$|\.\.\.)|^(?:await )?(?:time|asyncio)\.sleep\(|^(?:str|repr|type|id|bool)\([^()]*\)$/
const ASSIGNS = /^([\w.[\]']+(?: ?, ?[\w.]+)*)(?: ?: ?[\w.[\], ]+)? ?([+|-])?= ?(?!=)(.+)$/
const FAILS = /error|reason|problem|detail|fail|invalid|denied|refused|unavailable|not found/i

const isLog = (code: string): boolean =>
  LOG_CALL.test(code) || /^(?:print|warnings\.warn|(?:traceback\.)?print_(?:exc|exception))\(/.test(code)

/** A made-up value that says itself that something went wrong. */
const tells = (value: string, strings: string[]): boolean =>
  /\b[45]\d\d\b/.test(value) ||
  (value.includes("''") && strings.some((one) => FAILS.test(one))) ||
  (/\bFalse\b/.test(value) && strings.some((one) => /^(?:ok|success|valid)$/i.test(one)))

const tellsIn = (target: string, value: string): boolean =>
  (/(?:fail|error|invalid|broken)\w*$/i.test(target) && value === 'True') ||
  (/(?:ok|valid|success)\w*$/i.test(target) && value === 'False')

/** A value nobody reads afterwards tells nobody. */
function usedLater(lines: PyLine[], index: number, body: PyLine[], target: string): boolean {
  if (/[.[]/.test(target)) return true
  const [end, { scope }] = [body.at(-1)!.number, lines[index]!]
  const names = target.split(/ ?, ?/).filter((name) => name !== '_')
  const used = new RegExp(String.raw`\b(?:${names.join('|')})\b`)
  return names.length > 0 && lines.some((line) => line.number > end && line.scope === scope && used.test(line.code))
}

/** Handlers that threw on and no longer do. */
export function pyRethrows(before: PyLine[], after: PyLine[]): Remark[] {
  const handlers = (lines: PyLine[]) => {
    const byScope = new Map<string, { line: number; throws: boolean }[]>()
    lines.forEach((line, index) => {
      if (!/^except\b/.test(line.code)) return
      const throws = blockOf(lines, index).some(({ code }) => /^raise\b/.test(code))
      byScope.set(line.scope, [...(byScope.get(line.scope) ?? []), { line: line.number, throws }])
    })
    return byScope
  }
  const old = handlers(before)
  return [...handlers(after)].flatMap(([scope, now]) =>
    now.flatMap(({ line, throws }, at): Remark[] =>
      old.get(scope)?.[at]?.throws && !throws
        ? [{ line, rule: 'expected-error', why: 'It no longer throws an error on.' }]
        : [],
    ),
  )
}
