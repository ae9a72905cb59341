import ts from 'typescript'
import type { Access } from './access.ts'
import { answersFromCallback } from './counterpart.ts'
import type { Nullish } from './crash.ts'
import { type Guard, guardsIn, nearest, statusFrom } from './guards.ts'
import { flush } from './guardText.ts'
import { idiomFor } from './idiom.ts'
import { adapt } from './model.ts'
import type { Origin } from './origin.ts'
import type { Place } from './place.ts'
import { indentAt, quoted, type Source } from './source.ts'
import { callOf, walk } from './syntax.ts'

/** The early answer a new guard gives, and the guard it was modelled on. */
export interface Answer {
  model: Guard | null
  /** Without indentation of their own; lines parted by `\n`. */
  statements: string[]
  status: number
}

/** @param says what the answer states instead of "not found" or "is required" */
export function answerFor(
  source: Source,
  place: Place,
  origin: Pick<Origin, 'kind' | 'fromRequest'>,
  thing: string[],
  says?: string[],
): Answer | { why: string } {
  const { kind } = origin
  const refusals: string[] = []
  for (const guard of nearest(guardsIn(source), kind, place.fn, place.beside.getStart())) {
    if (guard.exit === 'throw' && thrownAway(place, guard)) {
      refusals.push('what is thrown there would be caught')
      continue
    }
    const status = says ? 400 : statusFrom(guard, kind)
    const adapted = adapt(source, guard, place, { kind, thing, status, ...(says ? { says } : {}) })
    if ('why' in adapted) {
      refusals.push(adapted.why)
      continue
    }
    const indent = indentAt(source.text, guard.answer[0]!.getStart())
    return { model: guard, statements: adapted.statements.map((text) => flush(text, indent)), status }
  }
  const nearestWhy = refusals[0] ? ` (the nearest guard does not fit: ${refusals[0]})` : ''
  if (kind === 'lookup' && !origin.fromRequest) {
    return { why: `nothing in the request decides what is looked up, and no guard shows how to answer${nearestWhy}` }
  }
  const idiom = idiomFor(source, place, {
    status: kind === 'lookup' ? 404 : 400,
    payload: payloadFor(source, says ?? [...thing, ...(kind === 'lookup' ? ['not', 'found'] : ['is', 'required'])]),
  })
  if (!idiom) return { why: `the function gives no answer of its own that could be given early${nearestWhy}` }
  return { model: null, statements: idiom.statements, status: kind === 'lookup' ? 404 : 400 }
}

/** `{ error: 'practice not found' }`, under the key this file uses for its errors. */
function payloadFor(source: Source, says: string[]): string {
  let key = 'error'
  walk(source.file, (node) => {
    if (!ts.isPropertyAssignment(node) || !ts.isStringLiteralLike(node.initializer)) return
    const name = node.name.getText()
    if (name === 'message' || name === 'detail') key = name
  })
  const { quote } = source.style
  return `{ ${key}: ${quoted(says.join(' '), quote)} }`
}

/** A throw inside a `try` with a `catch`, or in a callback whose errors reach nobody, is not an answer. */
function thrownAway(place: Place, guard: Guard): boolean {
  const call = callOf(place.fn)
  if (place.fn !== guard.fn && call) {
    if (
      answersFromCallback(place.fn) ||
      /^(?:set(?:Timeout|Interval|Immediate)|queueMicrotask)$/.test(call.expression.getText())
    )
      return true
  }
  const around = catching(place.beside, place.fn)
  return around !== null && around !== catching(guard.node, guard.fn)
}

export function catching(node: ts.Node, top: ts.Node): ts.TryStatement | null {
  for (let at = node; at !== top && at.parent; at = at.parent) {
    if (ts.isTryStatement(at.parent) && at.parent.catchClause && at.parent.tryBlock === at) return at.parent
  }
  return null
}

/** Members of strings, numbers and lists: `''` and `0` have them too, so `!x` would refuse values that work. */
const PRIMITIVE =
  /^(?:length|trim\w*|to[A-Z]\w*|split|slice|substring|replace\w*|includes|startsWith|endsWith|indexOf|at|charAt|padStart|padEnd|match|localeCompare|normalize)$/

/** The test in the form its model uses, which must cover the value that was seen. */
export function conditionFor(access: Access, said: Nullish, model: Guard | null, subject: string): string {
  const form = model?.test?.form ?? 'not'
  if (form === 'strict') return `${subject} === ${said.value}`
  const primitive = access.property !== null && PRIMITIVE.test(access.property)
  return form === 'loose' || primitive ? `${subject} == null` : `!${subject}`
}
