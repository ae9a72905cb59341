import ts from 'typescript'
import { binderOf, declarationOf } from './bindings.ts'
import type { Source } from './source.ts'
import { bare } from './syntax.ts'

/** Whether an expression answers the request, and how. */

const RESPONSE = /^(?:_?res|response|reply|ctx|context|c|h)$/
/** Methods that end an answer; `throw` leaves by itself. */
const ENDS = /^(?:jsonp?|send\w*|end|write|writeHead|render|text|html|body|newResponse|redirect|view)$/
const MADE = /^(?:Next)?Response$/

/** `value`: the answer is what the function returns. `next`: Express's way to its error handler. */
export type Manner = 'call' | 'helper' | 'value' | 'assignment' | 'next'

export function respondsBy(source: Source, expression: ts.Expression): Manner | null {
  const at = bare(ts.isVoidExpression(expression) ? expression.expression : expression)
  if (ts.isNewExpression(at)) return MADE.test(at.expression.getText()) ? 'value' : null
  if (ts.isBinaryExpression(at)) return assigns(source, at) ? 'assignment' : null
  if (!ts.isCallExpression(at)) return null
  const callee = bare(at.expression)
  if (ts.isIdentifier(callee) && callee.text === 'next' && at.arguments.length > 0) {
    return isParameter(source, callee) ? 'next' : null
  }
  if (ts.isPropertyAccessExpression(callee)) {
    const root = rootOfCalls(callee)
    if (ts.isIdentifier(root) && MADE.test(root.text)) return 'value'
    if (isResponse(source, root) && ENDS.test(callee.name.text)) return root.getText() === 'c' ? 'value' : 'call'
  }
  return at.arguments.some((argument) => isResponse(source, argument)) ? 'helper' : null
}

/** A call on the answer that only prepares it, such as `res.setHeader(…)`: it fails the same way once one was sent. */
export function prepares(source: Source, expression: ts.Expression): boolean {
  const at = bare(expression)
  if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return false
  return PREPARES.test(at.expression.name.text) && isResponse(source, rootOfCalls(at.expression))
}

const PREPARES = /^(?:setHeader|header|set|append|type|cookie|removeHeader|status|vary|location)$/

function assigns(source: Source, at: ts.BinaryExpression): boolean {
  if (at.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(at.left)) return false
  return at.left.name.text === 'body' && isResponse(source, at.left.expression)
}

/** `res` of `res.status(404).json({})`. */
export function rootOfCalls(node: ts.Expression): ts.Expression {
  let at = bare(node)
  while (true) {
    if (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = bare(at.expression)
    else return at
  }
}

const isResponse = (source: Source, node: ts.Expression): boolean =>
  ts.isIdentifier(node) && RESPONSE.test(node.text) && isParameter(source, node)

function isParameter(source: Source, name: ts.Identifier): boolean {
  const declaration = declarationOf(source, name)
  const binder = declaration && binderOf(declaration)
  return !!binder && ts.isParameter(binder)
}
