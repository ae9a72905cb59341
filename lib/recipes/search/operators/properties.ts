import ts from 'typescript'
import { distance } from '../../spelling.ts'
import { type Change, type Operator, swapNode } from '../operator.ts'
import { siblingsOf } from './siblings.ts'

/** Properties of a well-known kind are left to the table of siblings. */
const MOST = 3

/** Another method or property is meant: a sibling by convention, or one the repository reads of the same thing. */
export const properties: Operator = {
  name: 'member',
  prior: 0.55,
  signs: { reversed: 1.4, order: 1.2, undefined: 1.2, case: 1.6, space: 1.3, 'one-off': 1.1, more: 1.1, fewer: 1.1 },
  changes(node, { repository }) {
    if (ts.isIdentifier(node) && ts.isCallExpression(node.parent) && node.parent.expression === node) {
      return named(node, siblingsOf(node.text), 1)
    }
    if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.name)) return []
    const { name } = node
    const known = siblingsOf(name.text)
    const called = ts.isCallExpression(node.parent) && node.parent.expression === node
    const on = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText()
    const seen = [...repository.propertiesOf(on)]
      .filter(([other]) => other !== name.text && !known.some(([sibling]) => sibling === other))
      .map(([other]): [string, number] => [other, 0.15 + 0.45 * alike(name.text, other)])
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST)
    return [...named(name, known, 1), ...named(name, seen, called ? 0.4 : 0.8)]
  },
}

const named = (node: ts.Identifier, all: [string, number][], times: number): Change[] =>
  all.map(([other, odds]) => ({
    swaps: [swapNode(node, other)],
    summary: `Uses ${other} instead of ${node.text}`,
    odds: odds * times,
  }))

function alike(a: string, b: string): number {
  const apart = distance(a.toLowerCase(), b.toLowerCase()) / Math.max(a.length, b.length)
  return Number.isFinite(apart) ? 1 - apart : 0
}
