import ts from 'typescript'
import { respondsBy } from './responds.ts'
import type { Source } from './source.ts'
import { bare, functionOf, leaves, mayLeave, siblings, walk } from './syntax.ts'

/** A guard that answers and goes on: `if (!x) json(res, 404, …)` without `return`. */
export interface Unfinished {
  node: ts.IfStatement
  fn: ts.FunctionLikeDeclaration
  /** The statement that answers. */
  answer: ts.ExpressionStatement
  /** The last statement of the body: the answer, or what is done after it. */
  last: ts.Statement
}

/** Guards a place comes after, the nearest first; behind a `try`, those of its body count for its `catch`. */
export function unfinishedBefore(source: Source, place: ts.Node): Unfinished[] {
  const found: Unfinished[] = []
  const look = (statements: readonly ts.Statement[]): void => {
    for (const statement of [...statements].reverse()) {
      const guard = ts.isIfStatement(statement) ? unfinished(source, statement) : null
      if (guard) found.push(guard)
    }
  }
  for (let at = place; at.parent; at = at.parent) {
    if (ts.isCatchClause(at) && ts.isTryStatement(at.parent)) look(at.parent.tryBlock.statements)
    const list = siblings(at)
    if (list) look(list.slice(0, list.indexOf(at as ts.Statement)))
  }
  return found
}

function unfinished(source: Source, node: ts.IfStatement): Unfinished | null {
  const fn = functionOf(node)
  const { thenStatement: then } = node
  if (!fn || node.elseStatement || leaves(then) || mayLeave(then)) return null
  const statements = ts.isBlock(then) ? [...then.statements] : [then]
  const last = statements.at(-1)
  const answer = statements.findLast(
    (statement): statement is ts.ExpressionStatement =>
      ts.isExpressionStatement(statement) && respondsBy(source, statement.expression) !== null,
  )
  if (!last || !answer || !isRefusal(source, statements, answer)) return null
  return { node, fn, answer, last }
}

/** A status of 400 to 599, Express's error handler, or the very call another guard of the file returns with. */
function isRefusal(source: Source, statements: ts.Statement[], answer: ts.ExpressionStatement): boolean {
  if (respondsBy(source, answer.expression) === 'next') return true
  let failing = false
  for (const statement of statements) {
    walk(statement, (node) => {
      if (ts.isNumericLiteral(node) && /^[45]\d\d$/.test(node.text)) failing = true
    })
  }
  return failing || isGuardsCall(source, answer)
}

function isGuardsCall(source: Source, answer: ts.ExpressionStatement): boolean {
  const call = bare(answer.expression)
  if (!ts.isCallExpression(call)) return false
  const name = call.expression.getText()
  let found = false
  walk(source.file, (node) => {
    if (!ts.isIfStatement(node) || !leaves(node.thenStatement)) return
    walk(node.thenStatement, (inner) => {
      if (ts.isCallExpression(inner) && inner.expression.getText() === name) found = true
    })
  })
  return found && !/^(?:res|reply|c|ctx)\./.test(name)
}

/** Whether something after the guard, in its function, answers as well. */
export function answersAfter(source: Source, guard: Unfinished): boolean {
  let found = false
  walk(guard.fn, (node) => {
    if (found || node.getStart() < guard.node.end || !ts.isExpression(node)) return
    if (respondsBy(source, node) !== null) found = true
  })
  return found
}
