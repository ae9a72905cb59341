import ts from 'typescript'
import { type Operator, swapNode } from '../operator.ts'

const OTHERS: Record<string, [string, number][]> = {
  '&&': [['||', 1]],
  '||': [
    ['&&', 0.9],
    ['??', 0.9],
  ],
  '??': [['||', 1]],
  '||=': [['??=', 1]],
  '&&=': [['||=', 1]],
  '??=': [
    ['||=', 0.8],
    ['=', 0.5],
  ],
}

/** The wrong one of `&&`, `||` and `??`. */
export const logical: Operator = {
  name: 'logical',
  prior: 0.75,
  signs: { 'falsy-lost': 1.6, boolean: 1.2 },
  changes(node) {
    if (!ts.isBinaryExpression(node)) return []
    const { operatorToken: token } = node
    const from = token.getText()
    const asValue = !isCondition(node)
    return (OTHERS[from] ?? []).map(([to, odds]) => ({
      swaps: [swapNode(token, to)],
      summary: `Uses ${to} instead of ${from}`,
      // A default is chosen by || or ??, a condition is joined by && or ||.
      odds: odds * (to === '??' && !asValue ? 0.15 : to === '&&' && asValue ? 0.6 : 1),
    }))
  },
}

/** The expression decides instead of being kept. */
function isCondition(node: ts.Node): boolean {
  let at = node
  while (ts.isParenthesizedExpression(at.parent) || ts.isBinaryExpression(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === at
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) return parent.condition === at
  return ts.isPrefixUnaryExpression(parent)
}
