import ts from 'typescript'
import { functionOf, walk } from '../../syntax.ts'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** One object in several hands: a date that is changed in place, a list filled with the same object. */
export const sharing: Operator = {
  name: 'sharing',
  prior: 0.4,
  signs: { 'same-look': 1.3, string: 1.1, number: 1.1, more: 1.2 },
  changes(node) {
    if (ts.isVariableDeclaration(node)) return dated(node)
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
    const [item] = node.arguments
    const made = /^(?:new )?Array\((.+)\)$/.exec(node.expression.expression.getText())
    if (node.expression.name.text !== 'fill' || !item || !made) return []
    if (!ts.isObjectLiteralExpression(item) && !ts.isArrayLiteralExpression(item) && !ts.isNewExpression(item))
      return []
    const each = ts.isObjectLiteralExpression(item) ? `(${item.getText()})` : item.getText()
    return [
      {
        swaps: [swapNode(node, `Array.from({ length: ${made[1]} }, () => ${each})`)],
        summary: 'Makes a new item for every place',
      },
    ]
  },
}

/** `const next = date` followed by `next.setDate(…)` changes `date`. */
function dated({ name, initializer }: ts.VariableDeclaration): Change[] {
  if (
    !initializer ||
    !ts.isIdentifier(name) ||
    !(ts.isIdentifier(initializer) || ts.isPropertyAccessExpression(initializer))
  )
    return []
  const home = functionOf(initializer)
  let sets = false
  if (home) {
    walk(home, (at) => {
      if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) return
      if (at.expression.expression.getText() === name.text && /^set[A-Z]/.test(at.expression.name.text)) sets = true
    })
  }
  return sets
    ? [
        {
          swaps: [swapNode(initializer, `new Date(${initializer.getText()})`)],
          summary: `Changes a date of its own, not ${initializer.getText()}`,
          odds: 1.3,
        },
      ]
    : []
}
