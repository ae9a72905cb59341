import ts from 'typescript'
import { isAwaited } from './acceptance.ts'
import { nameOf, usesOf } from './asynchronous.ts'
import { isAsync, isPromise, promiseOf } from './promises.ts'
import { functionOf, isFunction } from './syntax.ts'
import type { Types } from './types.ts'

/** What becomes of the promise a call gives. */
export type Fate = 'floating' | 'void' | 'caught' | 'awaited' | 'returned' | 'kept'

/** The call as its statement sees it: `save().then(show)` counts whole. */
export interface Followed {
  whole: ts.CallExpression
  fate: Fate
}

/** Follows a call through `.then` and `.finally` to what is done with the promise. */
export function fateOf(call: ts.CallExpression): Followed {
  let whole = call
  while (ts.isPropertyAccessExpression(whole.parent) && ts.isCallExpression(whole.parent.parent)) {
    const next = whole.parent.parent
    const method = whole.parent.name.text
    if (method === 'catch' || (method === 'then' && next.arguments.length > 1)) return { whole: next, fate: 'caught' }
    if (method !== 'then' && method !== 'finally') break
    whole = next
  }
  return { whole, fate: endOf(whole) }
}

function endOf(whole: ts.CallExpression): Fate {
  const { parent } = whole
  if (ts.isVoidExpression(parent)) return 'void'
  if (ts.isExpressionStatement(parent)) return 'floating'
  const guarded = ts.isBinaryExpression(parent) && parent.right === whole && ts.isExpressionStatement(parent.parent)
  if (guarded && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return 'floating'
  if (isAwaited(whole) && !isReturned(whole)) return 'awaited'
  return isReturned(whole) ? 'returned' : 'kept'
}

const isReturned = (call: ts.CallExpression): boolean =>
  ts.isReturnStatement(call.parent) || (isFunction(call.parent) && call.parent.body === call)

/** The nearest function around a node that gives a promise; null where what is thrown reaches a caller. */
export function promising(types: Types, node: ts.Node): ts.FunctionLikeDeclaration | null {
  for (let fn = functionOf(node); fn; fn = functionOf(fn)) {
    const signature = types.checker.getSignatureFromDeclaration(fn)
    if (isAsync(fn) || (signature && isPromise(types, signature.getReturnType()))) return fn
  }
  return null
}

/**
 * Calls of a function, and of those that hand its promise on, with what becomes of it. A caller that awaits is on the
 * stack itself, so there is no need to look behind it.
 */
export function callsOf(types: Types, fn: ts.FunctionLikeDeclaration): (Followed & { path: string })[] {
  const found: (Followed & { path: string })[] = []
  const functions = new Set<ts.Node>([fn])
  for (const each of functions) {
    const name = nameOf(each)
    for (const { path, node } of name ? usesOf(types, name) : []) {
      const callee = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node
      const call = callee.parent
      if (!ts.isCallExpression(call) || call.expression !== callee || !promiseOf(types, call)) continue
      const followed = fateOf(call)
      found.push({ ...followed, path })
      const outer = followed.fate === 'returned' ? functionOf(followed.whole) : null
      if (outer) functions.add(outer)
    }
  }
  return found
}
