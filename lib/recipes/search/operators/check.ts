import ts from 'typescript'
import { declarationOf } from '../../bindings.ts'
import { indentAt, type Source } from '../../source.ts'
import { functionOf, isFunction, siblings, walk } from '../../syntax.ts'
import { type Change, insert, type Operator } from '../operator.ts'
import { answersOf } from './answers.ts'

/** A value nobody looks at was once asked for. */
const UNUSED = 3

/**
 * A question that is missing in the middle of a function: what was just looked up is answered with, or found missing. Far
 * likelier where the value is not used at all.
 */
export const check: Operator = {
  name: 'check',
  prior: 0.2,
  signs: { 'type-error': 1.5, 'one-off': 1.2, undefined: 1.2, more: 1.3, nullish: 1.2, timeout: 1.3 },
  changes(node, { source }) {
    const list = ts.isStatement(node) ? siblings(node) : null
    const fn = functionOf(node)
    if (!list || !fn || !ts.isStatement(node) || ts.isFunctionDeclaration(node)) return []
    const before = list[list.indexOf(node) - 1]
    const names = before ? declared(before) : parametersIn(node, fn)
    const indent = indentAt(source.text, node.getStart())
    const { eol, semicolon } = source.style
    const loop = inLoop(node, fn)
    return names.slice(0, 4).flatMap((name) => {
      const used = isUsed(source, name)
      // A parameter that is used is the business of the guards at the top; many are there for the caller's sake alone.
      if (!before && used) return []
      const times = used ? 0.4 : before ? UNUSED : 0.5
      return checks(name.text, fn, loop).map(
        ([text, odds]): Change => ({
          swaps: [insert(node.getStart(), `${text}${semicolon}${eol}${indent}`)],
          summary: `Asks first: ${text}`,
          odds: odds * times,
        }),
      )
    })
  },
}

function checks(name: string, fn: ts.FunctionLikeDeclaration, loop: boolean): [string, number][] {
  const found: [string, number][] = [
    [`if (${name} !== undefined) return ${name}`, 0.9],
    [`if (${name}) return ${name}`, 0.9],
    [`if (${name} != null) return ${name}`, 0.4],
  ]
  for (const { text, odds } of answersOf(fn, []).slice(0, 4)) {
    found.push([`if (!${name}) return${text}`, odds], [`if (${name} === undefined) return${text}`, odds * 0.7])
    found.push([`if (${name}) return${text}`, odds * 0.6])
  }
  if (!loop) return found
  return [
    [`if (!${name}) continue`, 0.9],
    [`if (${name}) continue`, 0.6],
    [`if (!${name}) break`, 0.6],
    [`if (${name}) break`, 0.6],
    ...found,
  ]
}

/** Names a statement declares. */
function declared(statement: ts.Statement): ts.Identifier[] {
  const found: ts.Identifier[] = []
  if (!ts.isVariableStatement(statement)) return found
  for (const { name, initializer } of statement.declarationList.declarations) {
    if (initializer && ts.isFunctionLike(initializer)) continue
    walk(name, (at) => {
      if (ts.isIdentifier(at) && !(ts.isBindingElement(at.parent) && at.parent.propertyName === at)) found.push(at)
    })
  }
  return found
}

/** In front of a function's first statement: what it is given. */
function parametersIn(node: ts.Node, fn: ts.FunctionLikeDeclaration): ts.Identifier[] {
  if (node.parent !== fn.body) return []
  return fn.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name] : []))
}

function isUsed(source: Source, name: ts.Identifier): boolean {
  const own = declarationOf(source, name)
  const home = functionOf(name) ?? source.file
  let found = false
  walk(ts.isParameter(name.parent) ? name.parent.parent : home, (at) => {
    if (ts.isIdentifier(at) && at !== name && at.text === name.text && declarationOf(source, at) === own) found = true
  })
  return found
}

function inLoop(node: ts.Node, fn: ts.Node): boolean {
  for (let at = node.parent; at && at !== fn && !isFunction(at); at = at.parent) {
    if (ts.isIterationStatement(at, false)) return true
  }
  return false
}
