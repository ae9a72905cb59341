import ts from 'typescript'
import { insert, type Operator } from '../operator.ts'

/** Called with a small letter's habits: a class without its `new`. */
export const missingNew: Operator = {
  name: 'new',
  prior: 0.3,
  signs: { 'type-error': 2, kind: 1.5, string: 1.2 },
  changes(node) {
    if (!ts.isCallExpression(node) || node.questionDotToken) return []
    const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText()
    if (!/^[A-Z][a-z]\w*$/.test(name) || /^(?:Number|String|Boolean|Symbol|BigInt|Object)$/.test(name)) return []
    return [{ swaps: [insert(node.getStart(), 'new ')], summary: `Makes a new ${name}` }]
  },
}
