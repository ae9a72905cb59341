import ts from 'typescript'
import { type Change, insert, type Operator, swapNode } from '../operator.ts'

/** A sort that compares numbers as text, the wrong way round, or by yes and no. */
export const sorting: Operator = {
  name: 'sorting',
  prior: 0.5,
  signs: { order: 3, reversed: 3 },
  changes(node) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
    if (!/^(?:sort|toSorted)$/.test(node.expression.name.text)) return []
    const [comparator] = node.arguments
    if (!comparator) {
      return [
        { swaps: [insert(node.end - 1, '(a, b) => a - b')], summary: 'Sorts by number', odds: 1 },
        { swaps: [insert(node.end - 1, '(a, b) => b - a')], summary: 'Sorts by number, the largest first', odds: 0.5 },
        { swaps: [insert(node.end, '.reverse()')], summary: 'Turns the order round', odds: 0.4 },
      ]
    }
    if (!ts.isArrowFunction(comparator) && !ts.isFunctionExpression(comparator)) return []
    const [a, b] = comparator.parameters
    if (!a || !b) return []
    const inverted: Change = {
      swaps: [swapNode(a, b.getText()), swapNode(b, a.getText())],
      summary: 'Sorts the other way round',
      odds: 0.7,
    }
    return [inverted, ...yesAndNo(comparator)]
  },
}

/** `a > b` is true or false, never negative: nothing moves to the front. */
function yesAndNo({ body }: ts.ArrowFunction | ts.FunctionExpression): Change[] {
  const only = ts.isBlock(body) ? body.statements[0] : body
  const value = only && ts.isReturnStatement(only) ? only.expression : only
  if (!value || !ts.isBinaryExpression(value) || !/^[<>]=?$/.test(value.operatorToken.getText())) return []
  const [left, right] = value.operatorToken.getText().startsWith('>')
    ? [value.left, value.right]
    : [value.right, value.left]
  const [l, r] = [left.getText(), right.getText()]
  return [
    { swaps: [swapNode(value, `${l} - ${r}`)], summary: 'Compares by the difference' },
    {
      swaps: [swapNode(value, `${l} > ${r} ? 1 : ${l} < ${r} ? -1 : 0`)],
      summary: 'Compares in three ways',
      odds: 0.9,
    },
  ]
}
