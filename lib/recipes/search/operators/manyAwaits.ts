import ts from 'typescript'
import { functionOf, walk } from '../../syntax.ts'
import { type Operator, swapNode, wrap } from '../operator.ts'
import { isAsync } from './missingAwait.ts'

/** Promises by the dozen: `Promise.all` missing around a mapped list, or a `forEach` that nobody can wait for. */
export const manyAwaits: Operator = {
  name: 'await-all',
  prior: 0.4,
  signs: { promise: 4, order: 1.5, fewer: 2, undefined: 1.2 },
  changes(node, { source }) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
    const { expression: list, name } = node.expression
    const [callback] = node.arguments
    if (!callback || !ts.isArrowFunction(callback) || !isAsync(callback)) return []
    if (name.text === 'map') {
      if (/^Promise\./.test(node.parent.getText())) return []
      const awaited = ts.isAwaitExpression(node.parent)
      if (!awaited && !isAsync(functionOf(node)))
        return [{ swaps: wrap(node, 'Promise.all(', ')'), summary: 'Waits for all of them', odds: 0.4 }]
      return [
        { swaps: wrap(node, awaited ? 'Promise.all(' : 'await Promise.all(', ')'), summary: 'Waits for all of them' },
      ]
    }
    const [item] = callback.parameters
    if (name.text !== 'forEach' || !item || callback.parameters.length > 1 || !ts.isBlock(callback.body)) return []
    if (!ts.isExpressionStatement(node.parent) || !isAsync(functionOf(node)) || leavesEarly(callback.body)) return []
    const body = source.text.slice(callback.body.getStart(), callback.body.end)
    const text = `for (const ${item.name.getText()} of ${list.getText()}) ${body}`
    return [{ swaps: [swapNode(node.parent, text)], summary: 'Waits for each in its turn' }]
  },
}

function leavesEarly(body: ts.Node): boolean {
  let found = false
  walk(
    body,
    (at) => {
      if (ts.isReturnStatement(at)) found = true
    },
    'own',
  )
  return found
}
