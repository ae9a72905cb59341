import ts from 'typescript'
import { siblings } from '../../syntax.ts'
import { insert, type Operator, swapNode } from '../operator.ts'

/** The two ways of a decision in each other's place. */
export const branches: Operator = {
  name: 'branches',
  prior: 0.4,
  signs: { boolean: 1.2, string: 1.1, 'negated-number': 1.3, reversed: 1.2 },
  changes(node) {
    if (ts.isConditionalExpression(node)) {
      const { whenTrue, whenFalse } = node
      return [
        {
          swaps: [swapNode(whenTrue, whenFalse.getText()), swapNode(whenFalse, whenTrue.getText())],
          summary: 'Exchanges the two values of the condition',
        },
      ]
    }
    if (!ts.isIfStatement(node) || !node.elseStatement || ts.isIfStatement(node.elseStatement)) return []
    const { thenStatement, elseStatement } = node
    if (ts.isBlock(thenStatement) !== ts.isBlock(elseStatement)) return []
    return [
      {
        swaps: [swapNode(thenStatement, elseStatement.getText()), swapNode(elseStatement, thenStatement.getText())],
        summary: 'Exchanges the two branches',
        odds: 0.6,
      },
    ]
  },
}

/** A second question that should only be asked where the first was answered with no. */
export const missingElse: Operator = {
  name: 'else',
  prior: 0.35,
  signs: { more: 1.2, number: 1.2, string: 1.1, longer: 1.2 },
  changes(node) {
    if (!ts.isIfStatement(node)) return []
    const list = siblings(node)
    const before = list?.[list.indexOf(node) - 1]
    if (!before || !ts.isIfStatement(before)) return []
    let last = before
    while (last.elseStatement && ts.isIfStatement(last.elseStatement)) last = last.elseStatement
    if (last.elseStatement) return []
    return [
      {
        swaps: [insert(node.getStart(), 'else ')],
        summary: 'Asks only where the question before was answered with no',
      },
    ]
  },
}
