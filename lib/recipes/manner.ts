import ts from 'typescript'
import { namesIn } from './bindings.ts'
import type { Guard } from './guards.ts'
import type { Place } from './place.ts'
import { isFunction, rootOf, uncast, walk } from './syntax.ts'

/** A sentence why a place cannot answer the way the model does; null when it can. */
export function sameManner(guard: Guard, place: Place): string | null {
  if (guard.fn === place.fn) return null
  const uses = (kind: ts.SyntaxKind): boolean => guard.answer.some((statement) => has(statement, kind))
  if (uses(ts.SyntaxKind.ThisKeyword) && classOf(guard.fn) !== classOf(place.fn))
    return 'it answers through another class'
  if (uses(ts.SyntaxKind.AwaitExpression) && !isAsync(place.fn)) return 'it answers after an await'
  const last = guard.answer.at(-1)
  if (guard.exit === 'throw' || !last || !ts.isReturnStatement(last) || !last.expression) return null
  const manner = calleeRoot(last.expression)
  if (manner === null) return 'it answers in a way of its own'
  let alike = false
  if (place.fn.body) {
    walk(
      place.fn.body,
      (node) => {
        const value = ts.isReturnStatement(node) ? node.expression : node === place.fn.body ? node : undefined
        if (value && calleeRoot(value as ts.Expression) === manner) alike = true
        if (ts.isExpressionStatement(node) && calleeRoot(node.expression) === manner) alike = true
      },
      'own',
    )
  }
  const parameters = namesIn(last).filter((name) =>
    guard.fn.parameters.some((parameter) => parameter.name.getText() === name.text),
  )
  return alike || parameters.length > 0 ? null : `its function does not answer with ${manner}`
}

const has = (node: ts.Node, kind: ts.SyntaxKind): boolean => {
  let found = false
  walk(node, (at) => {
    if (at.kind === kind) found = true
  })
  return found
}

const isAsync = (fn: ts.FunctionLikeDeclaration): boolean =>
  (ts.canHaveModifiers(fn) ? (ts.getModifiers(fn) ?? []) : []).some(
    (modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword,
  )

function classOf(node: ts.Node): ts.Node | null {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isClassLike(at)) return at
    if (isFunction(at) && !ts.isArrowFunction(at) && !ts.isClassElement(at)) return null
  }
  return null
}

/** What an answer is made with: `json`, `NextResponse`, `{ statusCode }`; null when it says nothing about answering. */
function calleeRoot(expression: ts.Expression): string | null {
  let at = uncast(expression)
  if (ts.isAwaitExpression(at)) at = uncast(at.expression)
  if (ts.isObjectLiteralExpression(at)) {
    const keys = at.properties.map((property) => property.name?.getText())
    const status = keys.find((key) => key === 'statusCode' || key === 'status')
    return status ? `{ ${status} }` : null
  }
  if (ts.isNewExpression(at)) return at.expression.getText()
  while (ts.isCallExpression(at)) at = rootOf(at.expression).root
  return ts.isIdentifier(at) || at.kind === ts.SyntaxKind.ThisKeyword ? at.getText() : null
}
