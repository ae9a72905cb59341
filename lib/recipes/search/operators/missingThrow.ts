import ts from 'typescript'
import { insert, type Operator, swapNode } from '../operator.ts'

/** An error that is made and never thrown, or handed back where it should be. */
export const missingThrow: Operator = {
  name: 'throw',
  prior: 0.4,
  signs: { 'not-thrown': 5, kind: 1.5 },
  changes(node) {
    const made = (value: ts.Expression | undefined): boolean =>
      value !== undefined && ts.isNewExpression(value) && /(?:Error|Exception)$/.test(value.expression.getText())
    if (ts.isExpressionStatement(node) && made(node.expression)) {
      return [{ swaps: [insert(node.getStart(), 'throw ')], summary: 'Throws the error it makes', odds: 2 }]
    }
    if (!ts.isReturnStatement(node) || !made(node.expression)) return []
    return [
      { swaps: [swapNode(node, node.getText().replace(/^return/, 'throw'))], summary: 'Throws the error it returns' },
    ]
  },
}
