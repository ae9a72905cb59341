import ts from 'typescript'
import { meaningAt } from '../../bindings.ts'
import { type Change, insert, type Operator, swapNode } from '../operator.ts'

/** A call that does not hand on what it has: the function takes one more, and something of that name is at hand. */
export const missingArgument: Operator = {
  name: 'argument',
  prior: 0.4,
  signs: { undefined: 1.4, nan: 1.6, 'type-error': 1.2, number: 1.1 },
  changes(node, { source, repository }) {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
    const callee = node.expression
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : ''
    const given = [...(node.arguments ?? [])]
    if (/^(?:map|flatMap)$/.test(name)) return [...radix(given[0])]
    const wanted = repository.parametersOf(name)
    const next = wanted?.[given.length]
    if (!next || given.some(ts.isSpreadElement) || !/^[\w$]+$/.test(next) || !meaningAt(source, next, node)) return []
    const text = given.length > 0 ? `, ${next}` : next
    return [{ swaps: [insert(given.at(-1)?.end ?? node.end - 1, text)], summary: `Hands ${next} on to ${name}()` }]
  },
}

/** `['1', '2'].map(parseInt)` reads the index as the base. */
function radix(callback: ts.Expression | undefined): Change[] {
  if (!callback || !/^(?:Number\.)?parse(?:Int|Float)$/.test(callback.getText())) return []
  return [
    { swaps: [swapNode(callback, 'Number')], summary: 'Reads each as a number' },
    {
      swaps: [swapNode(callback, `(text) => ${callback.getText()}(text, 10)`)],
      summary: 'Reads each to the base of ten',
      odds: 0.9,
    },
  ]
}
