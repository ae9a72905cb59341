import ts from 'typescript'
import { type Operator, swapNode } from '../operator.ts'

const OTHERS: Record<string, [string, number][]> = {
  true: [['false', 1]],
  false: [['true', 1]],
  null: [
    ['undefined', 0.7],
    ["''", 0.2],
    ['[]', 0.2],
  ],
  undefined: [['null', 0.7]],
}

/** `true` for `false`, `null` for `undefined`, an empty value of the wrong kind. */
export const constants: Operator = {
  name: 'constant',
  prior: 0.45,
  signs: { boolean: 1.6, nullish: 1.6, kind: 1.2 },
  changes(node) {
    const text = node.getText()
    if (ts.isTypeNode(node) || ts.isLiteralTypeNode(node.parent)) return []
    if (ts.isArrayLiteralExpression(node) && node.elements.length === 0)
      return others(node, '[]', [
        ['{}', 0.3],
        ['null', 0.2],
      ])
    if (ts.isObjectLiteralExpression(node) && node.properties.length === 0) {
      return others(node, '{}', [
        ['[]', 0.3],
        ['Object.create(null)', 0.4],
      ])
    }
    if (!ts.isIdentifier(node) && !/Keyword$/.test(ts.SyntaxKind[node.kind] ?? '')) return []
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return []
    return others(node, text, OTHERS[text] ?? [])
  },
}

const others = (node: ts.Node, from: string, all: [string, number][]) =>
  all.map(([to, odds]) => ({ swaps: [swapNode(node, to)], summary: `Uses ${to} instead of ${from}`, odds }))
