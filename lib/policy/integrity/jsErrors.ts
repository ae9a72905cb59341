import ts from 'typescript'
import type { Mark } from './mark.ts'
import type { Reader } from './side.ts'
import { bare, isConstant, keyOf, lineOf, nameOf, nodesOf } from './syntax.ts'

const LOGS = /^(?:this\.)?(?:console|log|logger|winston|pino|debug)(?:\.|$)/
const NOOP = /(?:^|\.)(?:noop|identity)$/i
const UNHANDLED = /^(?:uncaughtException(?:Monitor)?|unhandledRejection|error|unhandledrejection)$/
/** A made-up object that says itself that something went wrong is an answer. */
const TELLS = /error|status|^ok$|success|message|reason|problem|valid|code|fail/i

/** Places where an error ends without being answered, thrown on or reported. */
export const swallowMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const say = (key = keyOf(node), why?: string): Mark[] => [{ rule: 'swallowed-error', line: lineOf(node), key, why }]
    if (ts.isCatchClause(node) && forgets(node.block)) return say()
    if (ts.isTryStatement(node) && node.finallyBlock && leaves(node.finallyBlock)) return say(keyOf(node.finallyBlock))
    if (ts.isCallExpression(node)) {
      if (takesOver(node)) return say(keyOf(node), 'It takes over the errors that nobody handles.')
      const handler = handlerOf(node)
      return handler && forgetful(handler) ? say(`catch ${keyOf(handler)}`) : []
    }
    if (ts.isBinaryExpression(node) && /^on(?:error|unhandledrejection)$/.test(nameOf(node.left)) && isAssignment(node))
      return say(keyOf(node), 'It takes over the errors that nobody handles.')
    return []
  })

export const isAssignment = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment

/** `process.on('uncaughtException', …)`, `window.addEventListener('error', …)`. */
function takesOver(call: ts.CallExpression): boolean {
  const [event] = call.arguments
  if (!event || !ts.isStringLiteralLike(event) || !UNHANDLED.test(event.text)) return false
  return /^(?:process\.(?:on|once|addListener|prependListener)|addEventListener)$/.test(nameOf(call.expression))
}

/** What a promise does with its error: the argument of `.catch`, the second of `.then`. */
function handlerOf(call: ts.CallExpression): ts.Expression | null {
  if (!ts.isPropertyAccessExpression(call.expression)) return null
  const method = call.expression.name.text
  if (method === 'catch') return call.arguments[0] ?? null
  return method === 'then' ? (call.arguments[1] ?? null) : null
}

function forgetful(handler: ts.Expression): boolean {
  const value = bare(handler)
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value))
    return NOOP.test(nameOf(value)) || LOGS.test(nameOf(value))
  if (ts.isBlock(value.body)) return forgets(value.body)
  return madeUp(value.body) || isLog(value.body)
}

/** Nothing in the block, or nothing but log lines and values made up for the occasion. */
const forgets = (block: ts.Block): boolean => block.statements.every(trivial)

function trivial(statement: ts.Statement): boolean {
  if (saysAllIsWell(statement)) return true
  if (ts.isEmptyStatement(statement) || ts.isContinueStatement(statement) || ts.isBreakStatement(statement)) return true
  if (ts.isReturnStatement(statement)) return !statement.expression || madeUp(statement.expression)
  if (ts.isBlock(statement)) return forgets(statement)
  if (ts.isIfStatement(statement))
    return trivial(statement.thenStatement) && (!statement.elseStatement || trivial(statement.elseStatement))
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.every(({ initializer }) => !initializer || isConstant(initializer))
  if (!ts.isExpressionStatement(statement)) return false
  const { expression } = statement
  if (ts.isBinaryExpression(expression) && isAssignment(expression))
    return isConstant(expression.right) && !TELLS.test(nameOf(expression.left))
  return isLog(expression) || ts.isVoidExpression(expression) || ts.isIdentifier(expression) || isConstant(expression)
}

/** `return json(res, 200, [])`: a failure that is answered like a success. */
function saysAllIsWell(statement: ts.Statement): boolean {
  if (!ts.isReturnStatement(statement) && !ts.isExpressionStatement(statement)) return false
  return nodesOf(statement).some((node) => ts.isNumericLiteral(node) && /^20[0-6]$/.test(node.text))
}

function isLog(node: ts.Expression): boolean {
  const value = bare(node)
  if (ts.isAwaitExpression(value) || ts.isVoidExpression(value)) return isLog(value.expression)
  return ts.isCallExpression(value) && LOGS.test(nameOf(value.expression))
}

function madeUp(node: ts.Expression): boolean {
  const value = bare(node)
  if (ts.isObjectLiteralExpression(value) && value.properties.some(({ name }) => name && TELLS.test(name.getText())))
    return false
  return isConstant(value) || isLog(value)
}

/** A `return`, `break` or `continue` in `finally` drops whatever was being thrown. */
const leaves = (block: ts.Block): boolean =>
  nodesOf(block).some((node) => {
    if (!ts.isReturnStatement(node) && !ts.isBreakStatement(node) && !ts.isContinueStatement(node)) return false
    let at = node.parent
    while (at !== block && !ts.isFunctionLike(at) && !ts.isIterationStatement(at, false)) at = at.parent
    return at === block
  })
