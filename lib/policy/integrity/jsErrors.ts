import ts from 'typescript'
import { answers, handles } from './jsAnswers.ts'
import type { Mark } from './mark.ts'
import { nameOf } from './names.ts'
import type { Reader } from './side.ts'
import { functionAround, isAssignment, keyOf, lineOf, nodesOf } from './syntax.ts'

const UNHANDLED = /^(?:uncaughtException(?:Monitor)?|unhandledRejection|error|unhandledrejection)$/

/** Places where an error ends without being answered, thrown on or reported. */
export const swallowMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const say = (kind: string, key = keyOf(node), why?: string): Mark[] => [
      { rule: 'swallowed-error', line: lineOf(node), key, kind: `${kind} in ${functionAround(node)}`, why },
    ]
    const takes = 'It takes over the errors that nobody handles.'
    if (ts.isCatchClause(node)) return answers(node) || predicate(node) ? [] : say('catch')
    if (ts.isTryStatement(node) && node.finallyBlock && leaves(node.finallyBlock))
      return say('finally', keyOf(node.finallyBlock))
    if (ts.isCallExpression(node)) {
      if (takesOver(node)) return say('taken over', keyOf(node), takes)
      const handler = handlerOf(node)
      if (handler) return handles(handler) ? [] : say('handler', `catch ${keyOf(handler)}`)
      return nameOf(node.expression) === 'Promise.allSettled' && unread(node) ? say('settled') : []
    }
    if (ts.isBinaryExpression(node) && /^on(?:error|unhandledrejection)$/.test(nameOf(node.left)) && isAssignment(node))
      return say('taken over', keyOf(node), takes)
    return []
  })

/** `process.on('uncaughtException', …)`, `window.addEventListener('error', …)`. */
function takesOver(call: ts.CallExpression): boolean {
  const name = nameOf(call.expression)
  if (name === 'process.setUncaughtExceptionCaptureCallback') return true
  const [event] = call.arguments
  if (!event || !ts.isStringLiteralLike(event) || !UNHANDLED.test(event.text)) return false
  return /^(?:process\.(?:on|once|addListener|prependListener|removeAllListeners)|addEventListener)$/.test(name)
}

/** What a promise does with its error: the argument of `.catch`, the second of `.then`. */
function handlerOf(call: ts.CallExpression): ts.Expression | null {
  if (!ts.isPropertyAccessExpression(call.expression)) return null
  const method = call.expression.name.text
  if (method === 'catch') return call.arguments[0] ?? null
  return method === 'then' ? (call.arguments[1] ?? null) : null
}

/** What became of each promise is looked at by nobody. */
function unread(call: ts.CallExpression): boolean {
  let at: ts.Node = call.parent
  while (ts.isAwaitExpression(at) || ts.isVoidExpression(at) || ts.isParenthesizedExpression(at)) at = at.parent
  return ts.isExpressionStatement(at)
}

/** Builtins that throw on text they cannot read, which is how one asks whether they can. */
const READS = /^(?:JSON\.parse|decodeURI(?:Component)?|URL|RegExp|BigInt|atob|structuredClone)$/

/**
 * A question put as an attempt: true when it went well and false when it threw; or what was given, where the one call
 * that was tried only reads it.
 */
function predicate(clause: ts.CatchClause): boolean {
  const [last, ...others] = clause.block.statements
  if (!last || others.length > 0 || !ts.isReturnStatement(last) || !last.expression) return false
  const tried = clause.parent.tryBlock
  const gives = nodesOf(tried).flatMap((node) =>
    ts.isReturnStatement(node) && node.expression ? [node.expression] : [],
  )
  if (last.expression.kind === ts.SyntaxKind.FalseKeyword)
    return gives.length > 0 && gives.every(({ kind }) => kind === ts.SyntaxKind.TrueKeyword)
  const calls = nodesOf(tried).filter((node) => ts.isCallExpression(node) || ts.isNewExpression(node))
  const [call] = calls
  return (
    calls.length === 1 &&
    !!call &&
    READS.test(nameOf(call.expression)) &&
    call.arguments?.[0]?.getText() === last.expression.getText()
  )
}

/** A `return`, `break` or `continue` in `finally` drops whatever was being thrown. */
const leaves = (block: ts.Block): boolean =>
  nodesOf(block).some((node) => {
    if (!ts.isReturnStatement(node) && !ts.isBreakStatement(node) && !ts.isContinueStatement(node)) return false
    const ends = (at: ts.Node): boolean =>
      ts.isFunctionLike(at) ||
      (!ts.isReturnStatement(node) && ts.isIterationStatement(at, false)) ||
      (ts.isBreakStatement(node) && ts.isSwitchStatement(at))
    let at: ts.Node = node.parent
    while (at !== block && !ends(at)) at = at.parent
    return at === block
  })
