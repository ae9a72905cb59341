import ts from 'typescript'
import type { Access } from './access.ts'
import { assignmentsOf, binderOf, declarationOf } from './bindings.ts'
import type { Source } from './source.ts'
import { plain, rootOf, uncast, walk } from './syntax.ts'

/** `list[index]`, the element a crash found missing. */
export interface Element {
  node: ts.ElementAccessExpression
  list: ts.Expression
  index: ts.Expression
}

/** The element that failed: read from at once, or through a name it was just given. */
export function elementOf(source: Source, access: Access): Element | null {
  let at = uncast(access.object)
  if (ts.isIdentifier(at)) {
    const declaration = declarationOf(source, at)
    const named = declaration && ts.isVariableDeclaration(declaration) ? declaration : null
    if (!named?.initializer || assignmentsOf(source, named).length > 0) return null
    at = uncast(named.initializer)
  }
  if (!ts.isElementAccessExpression(at) || at.questionDotToken) return null
  const { root, optional } = rootOf(at.expression)
  if (optional || !ts.isIdentifier(root)) return null
  return { node: at, list: uncast(at.expression), index: uncast(at.argumentExpression) }
}

/** Both name the same list: the same words, whose first means the same. */
export function sameList(source: Source, a: ts.Expression, b: ts.Expression): boolean {
  const [left, right] = [rootOf(a).root, rootOf(b).root]
  if (plain(uncast(a)) !== plain(uncast(b)) || !ts.isIdentifier(left) || !ts.isIdentifier(right)) return false
  return declarationOf(source, left) === declarationOf(source, right)
}

/** The list whose `length` an expression is, directly or through a constant; null for anything else. */
export function lengthOf(source: Source, value: ts.Expression): ts.Expression | null {
  const at = uncast(value)
  if (ts.isPropertyAccessExpression(at)) return at.name.text === 'length' && !at.questionDotToken ? at.expression : null
  if (!ts.isIdentifier(at)) return null
  const declaration = declarationOf(source, at)
  const named = declaration && ts.isVariableDeclaration(declaration) ? declaration : null
  if (!named?.initializer || assignmentsOf(source, named).length > 0) return null
  const made = uncast(named.initializer)
  return ts.isPropertyAccessExpression(made) ? lengthOf(source, made) : null
}

/** Methods that change how many elements a list has. */
const RESIZES = /^(?:push|pop|shift|unshift|splice)$/

/** A sentence when the list is replaced or resized inside a node; null when it stays as it is. */
export function changesIn(source: Source, list: ts.Expression, node: ts.Node): string | null {
  let found = false
  walk(node, (at) => {
    if (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
      const { expression: on, name } = at.expression
      if (RESIZES.test(name.text) && sameList(source, on, list)) found = true
    }
    if (!ts.isBinaryExpression(at) || !isAssignment(at)) return
    const target = uncast(at.left)
    const resized = ts.isPropertyAccessExpression(target) && target.name.text === 'length' ? target.expression : target
    if (sameList(source, resized, list)) found = true
  })
  return found ? `${plain(list)} changes inside the loop` : null
}

export const isAssignment = ({ operatorToken: { kind } }: ts.BinaryExpression): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment

/** A sentence when elements may be missing inside the list, so that its end proves nothing; null when none is seen. */
export function holesIn(source: Source, list: ts.Expression): string | null {
  let why: string | null = null
  const say = (sentence: string): void => {
    why ??= `${plain(list)} may have holes: ${sentence}`
  }
  walk(source.file, (node) => {
    if (ts.isDeleteExpression(node) && ofList(source, node.expression, list)) say('one of its elements is deleted')
    if (!ts.isBinaryExpression(node) || !isAssignment(node)) return
    if (ofList(source, node.left, list)) say('its elements are set one by one')
    const left = uncast(node.left)
    if (ts.isPropertyAccessExpression(left) && left.name.text === 'length' && sameList(source, left.expression, list))
      say('its length is set')
  })
  const { root } = rootOf(list)
  const declaration = ts.isIdentifier(root) ? declarationOf(source, root) : null
  const binder = declaration && binderOf(declaration)
  const made = binder?.initializer && root === list ? uncast(binder.initializer) : null
  if (made && /^(?:new )?Array\(/.test(made.getText())) say('it is made with a length alone')
  if (made && ts.isArrayLiteralExpression(made) && made.elements.some(isNothing)) say('it is made with gaps')
  if (made && ts.isCallExpression(made) && looksUp(made)) say('its elements are looked up one by one')
  return why
}

const ofList = (source: Source, node: ts.Expression, list: ts.Expression): boolean => {
  const at = uncast(node)
  return ts.isElementAccessExpression(at) && sameList(source, at.expression, list)
}

const isNothing = (node: ts.Expression): boolean =>
  ts.isOmittedExpression(node) || node.getText() === 'undefined' || node.kind === ts.SyntaxKind.NullKeyword

/** `ids.map((id) => byId.get(id))`: what is not found is a hole. */
function looksUp(made: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(made.expression) || made.expression.name.text !== 'map') return false
  return /\.(?:get|find|at)\(|\w\[[^\]]+\]/.test(made.arguments[0]?.getText() ?? '')
}
