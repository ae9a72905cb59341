import type { Remark } from './mark.ts'
import { blockOf, type PyLine } from './pyLines.ts'
import { came, type PyMark, pyMark } from './pyMarks.ts'
import { pyConstant } from './pyValues.ts'

/** Functions that became a constant or went, and code behind a `return` of the same block. */
export function pyFeatureChanges(before: PyLine[], after: PyLine[]): Remark[] {
  const found: Remark[] = []
  const [old, now] = [functionsOf(before), functionsOf(after)]
  for (const [name, body] of old) {
    const is = now.get(name)
    if (is && pyWorks(body) && !pyWorks(is))
      found.push({
        line: is[0]?.number ?? 0,
        rule: 'feature-removed',
        why: 'It leaves a function that does nothing any more.',
      })
  }
  const shown = (functions: Map<string, PyLine[]>) =>
    [...functions.keys()].filter((name) => !/(?:^|\.)(?:_|test)/.test(name)).length
  if (shown(now) < shown(old))
    found.push({ line: 0, rule: 'feature-removed', why: 'It takes away a function that others can call.' })
  return [...found, ...came(dead(before), dead(after))]
}

/** By class and name; of two of one name the later counts, as it does for Python. Those inside of others are their own affair. */
function functionsOf(lines: PyLine[]): Map<string, PyLine[]> {
  const found = new Map<string, PyLine[]>()
  const functions = new Set<string>()
  lines.forEach((line, index) => {
    if (!/^(?:async )?def /.test(line.code)) return
    functions.add(line.scope)
    if (functions.has(line.scope.replace(/\.?\w+$/, ''))) return
    const decorated = lines[index - 1]?.code.startsWith('@') ? ` ${lines[index - 1]!.code}` : ''
    found.set(line.scope + decorated.replace(/^ @(?!\w+\.(?:setter|deleter)$).*/, ''), blockOf(lines, index))
  })
  return found
}

/**
 * Whether lines do anything: a value that is computed, a call, a loop that counts. Constants, and guards that throw or give
 * one, do not; a function that says yes or no as it is given decides.
 */
export function pyWorks(body: PyLine[]): boolean {
  const names = new Set<string>()
  const given = new Set<string>()
  const written = (value: string) => pyConstant(value) || names.has(value)
  for (const { code } of body) {
    const [, name, constant] = /^([A-Za-z_]\w*)(?: ?: ?[\w.[\], ]+)? ?= ?(?!=)(.+)$/.exec(code) ?? []
    const value = /^return (.+)$/.exec(code)?.[1]
    const built = /^([A-Za-z_]\w*)\.(?:append|add)\((.+)\)$/.exec(code)
    if (value !== undefined) {
      if (!written(value)) return true
      given.add(value)
    } else if (name && constant && written(constant)) names.add(name)
    else if (!(built && names.has(built[1]!) && written(built[2]!)) && !IDLE.test(code)) return true
  }
  const decides = body.some(({ code }) => /^if\b/.test(code))
  return decides && given.size > 1 && [...given].every((value) => value === 'True' || value === 'False')
}

const IDLE = /^(?:(?:pass|\.\.\.|return|''|continue|break)$|raise\b|(?:if|elif|else|try|match|case)\b.*:)/

const dead = (lines: PyLine[]): PyMark[] =>
  lines.flatMap((line, index) => {
    const next = lines[index + 1]
    const unreached =
      /^(?:return|raise)\b/.test(line.code) &&
      next?.indent === line.indent &&
      !/^(?:case|except|elif|else|finally)\b/.test(next.code)
    const never = NEVER.test(line.code)
    return unreached || never
      ? [pyMark('feature-removed', line, never ? 'never' : 'behind', 'It leaves code behind that is never reached.')]
      : []
  })
const NEVER =
  /^(?:el)?if (?:False|0|not True|True)\b ?(?:and|:)|^(?:el)?if .*(?:\band False|\bor True)\b(?! ?(?:in|not|is|==|!=|[<>]))/
