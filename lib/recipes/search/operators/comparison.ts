import ts from 'typescript'
import { type Operator, swapNode } from '../operator.ts'

/** What a comparison is mistaken for, and how often: a bound taken in or left out far before anything else. */
const OTHERS: Record<string, [string, number][]> = {
  '<': [
    ['<=', 1],
    ['>', 0.5],
    ['>=', 0.35],
  ],
  '<=': [
    ['<', 1],
    ['>=', 0.5],
    ['>', 0.35],
  ],
  '>': [
    ['>=', 1],
    ['<', 0.5],
    ['<=', 0.35],
  ],
  '>=': [
    ['>', 1],
    ['<=', 0.5],
    ['<', 0.35],
  ],
  '===': [['!==', 0.6]],
  '!==': [['===', 0.6]],
  '==': [['!=', 0.5]],
  '!=': [['==', 0.5]],
}

/** The wrong one of `<`, `<=`, `>`, `>=`, `===`, `!==`. */
export const comparison: Operator = {
  name: 'comparison',
  prior: 0.9,
  signs: { 'one-off': 1.4, boolean: 1.3, fewer: 1.2, more: 1.2 },
  changes(node) {
    if (!ts.isBinaryExpression(node)) return []
    const { operatorToken: token } = node
    return (OTHERS[token.getText()] ?? []).map(([text, odds]) => ({
      swaps: [swapNode(token, text)],
      summary: `Compares with ${text} instead of ${token.getText()}`,
      odds,
    }))
  },
}
