import ts from 'typescript'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** Two arguments in each other's place; likelier where the parameters of the function have their names. */
export const argumentSwap: Operator = {
  name: 'arguments',
  prior: 0.5,
  signs: { 'type-error': 1.1, kind: 1.3, nan: 1.2, reversed: 1.2, 'negated-number': 1.3 },
  changes(node, { repository }) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
    const given = [...(node.arguments ?? [])]
    if (given.length < 2 || given.length > 6 || given.some(ts.isSpreadElement)) return []
    const wanted = repository.parametersOf(nameOf(node.expression)) ?? []
    const changes: Change[] = []
    for (const [i, left] of given.entries()) {
      for (const [k, right] of given.slice(i + 1).entries()) {
        const j = i + k + 1
        if (left.getText() === right.getText()) continue
        const names = fits(left, wanted[j]) + fits(right, wanted[i]) - fits(left, wanted[i]) - fits(right, wanted[j])
        // Where a callback goes is rarely got wrong without the names saying so.
        const plain = isCallback(left) || isCallback(right) ? 0.3 : j === i + 1 ? 0.6 : 0.2
        const odds = names > 0 ? 2.4 : names < 0 ? 0.15 : plain
        changes.push({
          swaps: [swapNode(left, right.getText()), swapNode(right, left.getText())],
          summary: `Exchanges the arguments ${left.getText().slice(0, 40)} and ${right.getText().slice(0, 40)}`,
          odds,
        })
      }
    }
    return changes
  },
}

const nameOf = (callee: ts.Expression): string =>
  ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : ''

const isCallback = (node: ts.Node): boolean => ts.isArrowFunction(node) || ts.isFunctionExpression(node)

/** 1 where an argument is called what the parameter is called, else 0. */
function fits(argument: ts.Expression, parameter: string | undefined): number {
  if (!parameter) return 0
  const name = ts.isPropertyAccessExpression(argument) ? argument.name.text : argument.getText()
  return name.replace(/^_/, '').toLowerCase() === parameter.replace(/^_/, '').toLowerCase() ? 1 : 0
}
