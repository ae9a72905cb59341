import ts from 'typescript'
import { binderOf, declarationOf } from './bindings.ts'
import { missingTests } from './presence.ts'
import type { Source } from './source.ts'
import { plain, rootOf, uncast, walk } from './syntax.ts'
import { type Unfinished, unfinishedBefore } from './unfinished.ts'

/** The unfinished guard that already asked whether this very value is missing; null when none did. */
export function unfinishedFor(source: Source, subject: ts.Expression, place: ts.Node): Unfinished | null {
  const guards = unfinishedBefore(source, place)
  return guards.find((guard) => asksFor(source, guard.node.expression, uncast(subject))) ?? null
}

function asksFor(source: Source, condition: ts.Expression, subject: ts.Expression): boolean {
  const tested = missingTests(condition).map((test) => test.subject)
  return (
    tested.some((value) => same(source, value, subject)) ||
    isEmpty(source, condition, subject) ||
    isFailure(source, condition, subject)
  )
}

const same = (source: Source, a: ts.Expression, b: ts.Expression): boolean => {
  const [left, right] = [rootOf(a).root, rootOf(b).root]
  if (plain(a) !== plain(b) || !ts.isIdentifier(left) || !ts.isIdentifier(right)) return false
  return declarationOf(source, left) === declarationOf(source, right)
}

/** `if (rows.length === 0)` in front of `rows[0].id`. */
function isEmpty(source: Source, condition: ts.Expression, subject: ts.Expression): boolean {
  if (!ts.isElementAccessExpression(subject)) return false
  const list = uncast(subject.expression)
  let found = false
  walk(condition, (node) => {
    if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'length') return
    const { parent } = node
    const not = ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken
    const none =
      ts.isBinaryExpression(parent) &&
      /^(?:={2,3} ?0|< ?1)$/.test(`${parent.operatorToken.getText()} ${parent.right.getText()}`)
    if ((not || none) && same(source, uncast(node.expression), list)) found = true
  })
  return found
}

/** `(error, rows) => { if (error) next(error); … rows.length }`: one of the two is there. */
function isFailure(source: Source, condition: ts.Expression, subject: ts.Expression): boolean {
  const failure = uncast(condition)
  const { root } = rootOf(subject)
  if (!ts.isIdentifier(failure) || !ts.isIdentifier(root)) return false
  const [first, second] = [parameterOf(source, failure), parameterOf(source, root)]
  return (
    !!first && !!second && first !== second && first.parent === second.parent && first.parent.parameters[0] === first
  )
}

function parameterOf(source: Source, name: ts.Identifier): ts.ParameterDeclaration | null {
  const declaration = declarationOf(source, name)
  const binder = declaration && binderOf(declaration)
  return binder && ts.isParameter(binder) ? binder : null
}
