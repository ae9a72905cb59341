import ts from 'typescript'
import { functionOf, uncast } from '../../syntax.ts'
import { type Change, insert, type Operator, wrap } from '../operator.ts'

/** A promise that nobody waits for. */
export const missingAwait: Operator = {
  name: 'await',
  prior: 0.45,
  signs: { promise: 6, kind: 1.5, undefined: 1.2, order: 1.5, fewer: 1.3, 'not-thrown': 1.5, thrown: 1.1 },
  changes(node, { facts }) {
    if (ts.isForOfStatement(node) && !node.awaitModifier && isAsync(functionOf(node))) {
      return [{ swaps: [insert(node.getStart() + 3, ' await')], summary: 'Waits for every item', odds: 0.3 }]
    }
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
    if (isWaitedFor(node)) return []
    const fn = functionOf(node)
    if (!fn || (ts.isNewExpression(node) && node.expression.getText() !== 'Promise')) return []
    const waits = isAsync(fn)
    if (!waits && !mayBecomeAsync(fn)) return []
    const odds = oddsOf(node) * (waits ? 1 : facts.signs.has('promise') ? 0.3 : 0.08)
    const reads = ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)
    const swaps =
      reads || (ts.isCallExpression(node.parent) && node.parent.expression === node)
        ? wrap(node, '(await ', ')')
        : [insert(node.getStart(), 'await ')]
    const change: Change = {
      swaps: waits ? swaps : [...swaps, insert(startOf(fn), 'async ')],
      summary: `Waits for ${node.expression.getText().replace(/\s+/g, ' ').slice(0, 60)}()`,
      odds,
    }
    return [change]
  },
}

/** Names that sound like work that takes time. */
const SLOW =
  /^(?:fetch|load|save|read|write|request|send|query|open|close|wait|sleep|delay|run|exec|execute|flush|connect|find|insert|update|all|allSettled|race|next|process|handle|resolve|get|set|add|remove|delete)|Async$|async/

function oddsOf(node: ts.CallExpression | ts.NewExpression): number {
  const callee = node.expression
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText()
  const returned = ts.isReturnStatement(node.parent) || ts.isArrowFunction(node.parent)
  return (SLOW.test(name) || ts.isNewExpression(node) ? 1 : 0.5) * (returned ? (inTry(node) ? 2 : 0.1) : 1)
}

function inTry(node: ts.Node): boolean {
  const fn = functionOf(node)
  for (let at = node.parent; at && at !== fn; at = at.parent) if (ts.isTryStatement(at)) return true
  return false
}

function isWaitedFor(node: ts.Expression): boolean {
  let at: ts.Node = node
  while (ts.isParenthesizedExpression(at.parent) || (ts.isExpression(at.parent) && uncast(at.parent) === node))
    at = at.parent
  return ts.isAwaitExpression(at.parent) || ts.isYieldExpression(at.parent) || ts.isDecorator(at.parent)
}

export const isAsync = (fn: ts.Node | null): boolean =>
  fn !== null &&
  ts.canHaveModifiers(fn) &&
  (ts.getModifiers(fn)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false)

const mayBecomeAsync = (fn: ts.FunctionLikeDeclaration): boolean =>
  !ts.isConstructorDeclaration(fn) && !ts.isAccessor(fn) && !('asteriskToken' in fn && fn.asteriskToken)

/** Behind `export`, `static` and the like, in front of everything else. */
function startOf(fn: ts.FunctionLikeDeclaration): number {
  const last = ts.canHaveModifiers(fn) ? ts.getModifiers(fn)?.at(-1) : undefined
  if (!last) return fn.getStart()
  return last.end + (/^\s*/.exec(fn.getSourceFile().text.slice(last.end))?.[0].length ?? 0)
}
