import ts from 'typescript'
import { meaningAt } from './bindings.ts'
import type { Place } from './place.ts'
import type { Source } from './source.ts'
import type { Swap } from './swap.ts'
import { isFunction, uncast, walk } from './syntax.ts'
import { camel } from './wording.ts'

/** A name for a lookup that has none: `practices.get(id).name` needs `const practice = practices.get(id)` first. */
export interface Hoisted {
  name: string
  declaration: string
  /** The lookup's place in the failing statement, now taken by the name. */
  swap: Swap
}

export function hoist(source: Source, object: ts.Expression, place: Place, thing: string[]): Hoisted | { why: string } {
  const statement = place.beside
  const value = uncast(object).getText()
  if (runsEarlier(statement, object))
    return { why: `something else in the statement runs before ${value.slice(0, 60)}` }
  for (let at: ts.Node = object; at !== statement; at = at.parent) {
    if (isFunction(at) || ts.isIterationStatement(at, false))
      return { why: `${value.slice(0, 60)} is looked up again and again` }
  }
  if (ts.isWhileStatement(statement) || ts.isForStatement(statement)) {
    return { why: `${value.slice(0, 60)} is looked up again and again` }
  }
  const name = [camel(thing), `found${camel(['', ...thing])}`].find((free) => isFree(source, free, place))
  if (!name) return { why: `no free name for ${value.slice(0, 60)}` }
  const swap = { from: object.getStart(), to: object.end, text: name }
  return { name, declaration: `const ${name} = ${value}${source.style.semicolon}`, swap }
}

export function isFree(source: Source, name: string, place: Place): boolean {
  if (!/^[a-z][\w]*$/i.test(name) || RESERVED.has(name) || meaningAt(source, name, place.beside)) return false
  let used = false
  walk(place.fn, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return
    const asProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node
    const asKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node
    if (!asProperty && !asKey) used = true
  })
  return !used
}

const RESERVED = new Set([
  'class',
  'case',
  'default',
  'package',
  'import',
  'export',
  'new',
  'delete',
  'return',
  'interface',
])

/** A call, assignment or await evaluated before the lookup: moving the lookup forward would change their order. */
export function runsEarlier(statement: ts.Node, object: ts.Expression): boolean {
  let found = false
  walk(statement, (node) => {
    if (node.end > object.getStart()) return
    const acts =
      ts.isCallExpression(node) ||
      ts.isNewExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isYieldExpression(node) ||
      ts.isPostfixUnaryExpression(node) ||
      (ts.isPrefixUnaryExpression(node) && node.operator >= ts.SyntaxKind.PlusPlusToken) ||
      (ts.isBinaryExpression(node) && assigns(node.operatorToken.kind))
    if (acts) found = true
  })
  return found
}

const assigns = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
