import ts from 'typescript'
import { fresh, type Mark } from './mark.ts'
import type { Comparer, Side } from './side.ts'
import { bare, keyOf, lineOf, nameOf, nodesOf } from './syntax.ts'

/** Names of rights, sessions and signatures. `author` is none; `authorize` is. */
const CHECKS =
  /auth(?!or(?!i[sz]))|session|permission|^is(?:Admin|Owner|Allowed|Member)$|^require(?:User|Role|Login|Admin)|^verify|csrf|^jwt|forbidden|signature|^role$|^can(?:Access|Edit|View|Read|Write)|rateLimit|timingSafeEqual/i

/** Conditions, calls and refusals that guard rights and are no longer there. */
export const checkChanges: Comparer = (before, after) => fresh(marksOf(after), marksOf(before))

function marksOf(side: Side): Mark[] {
  const say = (node: ts.Node, key: string): Mark => ({ rule: 'removed-check', line: lineOf(node), key })
  return side.nodes.flatMap((node) => {
    const condition = conditionOf(node)
    if (condition)
      // Each half of an `||` guards by itself: a guard may get stricter, and keeps what it had.
      return halvesOf(condition)
        .filter(mentions)
        .map((half) => say(half, `if ${keyOf(half)}`))
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = nameOf(node.expression).split('.').at(-1) ?? ''
      return CHECKS.test(name) ? [say(node, `call ${name}`)] : []
    }
    return ts.isNumericLiteral(node) && /^40[13]$/.test(node.text) ? [say(node, node.text)] : []
  })
}

function conditionOf(node: ts.Node): ts.Expression | null {
  if (ts.isIfStatement(node)) return node.expression
  return ts.isConditionalExpression(node) ? node.condition : null
}

function halvesOf(condition: ts.Expression): ts.Expression[] {
  const value = bare(condition)
  if (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.BarBarToken)
    return [...halvesOf(value.left), ...halvesOf(value.right)]
  return [value]
}

const mentions = (node: ts.Node): boolean =>
  nodesOf(node).some((inner) => ts.isIdentifier(inner) && CHECKS.test(inner.text))
