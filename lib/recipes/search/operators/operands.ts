import ts from 'typescript'
import { type Operator, swapNode } from '../operator.ts'

const ORDERED = /^(?:-|\/|%|\*\*|<|>|<=|>=|\?\?|in|instanceof)$/

/** The two sides of an operator in each other's place, and parentheses that are missing around a part. */
export const operands: Operator = {
  name: 'operands',
  prior: 0.35,
  signs: { number: 1.4, 'negated-number': 3, order: 1.5, reversed: 1.5 },
  changes(node) {
    if (!ts.isBinaryExpression(node)) return []
    const { left, right, operatorToken: token } = node
    const exchanged =
      ORDERED.test(token.getText()) && left.getText() !== right.getText()
        ? [
            {
              swaps: [swapNode(left, right.getText()), swapNode(right, left.getText())],
              summary: `Exchanges the sides of ${token.getText()}`,
              odds: /^[<>]/.test(token.getText()) ? 0.4 : 1,
            },
          ]
        : []
    return [...exchanged, ...regrouped(node)]
  },
}

/** `a + b * c` as `(a + b) * c`, `a || b && c` as `(a || b) && c`, and the other way round. */
function regrouped(node: ts.BinaryExpression): ReturnType<Operator['changes']> {
  const { left, right, operatorToken: token } = node
  const outer = token.getText()
  const found: ReturnType<Operator['changes']> = []
  if (ts.isBinaryExpression(right) && joins(outer) && joins(right.operatorToken.getText())) {
    const text = `(${left.getText()} ${outer} ${right.left.getText()}) ${right.operatorToken.getText()} ${right.right.getText()}`
    if (text.replace(/[()]/g, '') === node.getText()) found.push(grouped(node, text))
  }
  if (ts.isBinaryExpression(left) && joins(outer) && joins(left.operatorToken.getText())) {
    const text = `${left.left.getText()} ${left.operatorToken.getText()} (${left.right.getText()} ${outer} ${right.getText()})`
    if (text.replace(/[()]/g, '') === node.getText() && outer !== left.operatorToken.getText()) {
      found.push(grouped(node, text))
    }
  }
  return found
}

const grouped = (node: ts.Node, text: string) => ({
  swaps: [swapNode(node, text)],
  summary: `Works out ${text.replace(/\s+/g, ' ').slice(0, 60)}`,
  odds: 0.7,
})

const joins = (token: string): boolean => /^(?:[-+*/%]|&&|\|\||\?\?)$/.test(token)
