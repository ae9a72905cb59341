import type { Mark } from './mark.ts'
import { blockOf, type PyLine, pyConstant } from './pyLines.ts'

const LOGS = /^(?:print|log(?:ger|ging)?|warnings)\b[\w.]*\(.*\)$/
const TELLS = /error|status|ok|success|message|reason|problem|valid|code|fail/i

/** `except` clauses that forget, and the ways Python has of saying so in one word. */
export function pySwallowMarks(lines: PyLine[]): Mark[] {
  return lines.flatMap((line, index): Mark[] => {
    const say = (key: string, why?: string): Mark[] => [{ rule: 'swallowed-error', line: line.number, key, why }]
    if (/^except\b.*:/.test(line.code)) {
      const body = blockOf(lines, index)
      if (body.length > 0 && body.every(trivial)) return say(`${line.code} ${body.map(({ code }) => code).join(';')}`)
    }
    if (
      /^finally ?:/.test(line.code) &&
      blockOf(lines, index).some(({ code }) => /^(?:return|break|continue)\b/.test(code))
    )
      return say(`finally ${index}`)
    if (/\bsuppress\(/.test(line.code)) return say(line.code)
    if (/\bsys\.(?:excepthook|unraisablehook) ?=|\bset_exception_handler\(|return_exceptions ?= ?True/.test(line.code))
      return say(line.code, 'It takes over the errors that nobody handles.')
    return []
  })
}

function trivial({ code, strings }: PyLine): boolean {
  if (/^(?:pass|continue|break|\.\.\.|''|return)$/.test(code) || LOGS.test(code)) return true
  const value = /^return (.+)$/.exec(code)?.[1] ?? /^[\w.]+ = (.+)$/.exec(code)?.[1]
  return value !== undefined && pyConstant(value) && !(value.startsWith('{') && strings.some((key) => TELLS.test(key)))
}
