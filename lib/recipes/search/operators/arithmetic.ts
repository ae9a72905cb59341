import ts from 'typescript'
import { type Operator, swapNode } from '../operator.ts'

const OTHERS: Record<string, [string, number][]> = {
  '+': [
    ['-', 1],
    ['*', 0.3],
  ],
  '-': [
    ['+', 1],
    ['/', 0.2],
  ],
  '*': [
    ['/', 1],
    ['+', 0.3],
    ['**', 0.2],
    ['%', 0.3],
  ],
  '/': [
    ['*', 1],
    ['%', 0.4],
    ['-', 0.2],
  ],
  '%': [
    ['/', 0.7],
    ['*', 0.5],
  ],
  '**': [['*', 1]],
  '+=': [
    ['-=', 1],
    ['=', 0.6],
    ['*=', 0.3],
  ],
  '-=': [
    ['+=', 1],
    ['=', 0.5],
  ],
  '*=': [
    ['/=', 1],
    ['+=', 0.4],
  ],
  '/=': [['*=', 1]],
  '=': [['+=', 0.25]],
  '&': [
    ['|', 1],
    ['&&', 0.5],
  ],
  '|': [
    ['&', 1],
    ['||', 0.5],
  ],
  '<<': [['>>', 1]],
  '>>': [
    ['<<', 1],
    ['>>>', 0.7],
  ],
  '>>>': [['>>', 0.7]],
}

/** The wrong arithmetic or assignment operator, and a step in the wrong direction. */
export const arithmetic: Operator = {
  name: 'arithmetic',
  prior: 0.7,
  signs: { number: 1.5, nan: 1.2, 'negated-number': 1.6 },
  changes(node) {
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) return step(node)
    if (!ts.isBinaryExpression(node)) return []
    const { operatorToken: token, left, right } = node
    const text = token.getText()
    // Text is only ever joined.
    if (text === '+' && [left, right].some(isText)) return []
    if (text === '=' && (!ts.isExpressionStatement(node.parent) || ts.isFunctionLike(right))) return []
    return (OTHERS[text] ?? []).map(([other, odds]) => ({
      swaps: [swapNode(token, other)],
      summary: `Uses ${other} instead of ${text}`,
      odds: odds * (other === '=' && ts.isForStatement(node.parent) ? 0.05 : inLoop(node, other.startsWith('-'))),
    }))
  },
}

const isText = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)

function step(node: ts.PostfixUnaryExpression | ts.PrefixUnaryExpression): ReturnType<Operator['changes']> {
  const from = node.operator === ts.SyntaxKind.PlusPlusToken ? '++' : '--'
  if (from === '--' && node.operator !== ts.SyntaxKind.MinusMinusToken) return minus(node)
  const to = from === '++' ? '--' : '++'
  const operand = node.operand.getText()
  const swapped = ts.isPostfixUnaryExpression(node) ? operand + to : to + operand
  const moved = ts.isPostfixUnaryExpression(node) ? from + operand : operand + from
  const used = !ts.isExpressionStatement(node.parent) && !ts.isForStatement(node.parent)
  return [
    {
      swaps: [swapNode(node, swapped)],
      summary: `Steps by ${to} instead of ${from}`,
      odds: 0.8 * inLoop(node, to === '--'),
    },
    ...(used ? [{ swaps: [swapNode(node, moved)], summary: `Steps ${moved} instead of ${node.getText()}` }] : []),
  ]
}

function minus(node: ts.PostfixUnaryExpression | ts.PrefixUnaryExpression): ReturnType<Operator['changes']> {
  if (node.operator !== ts.SyntaxKind.MinusToken || ts.isNumericLiteral(node.operand)) return []
  return [{ swaps: [swapNode(node, node.operand.getText())], summary: `Leaves the sign of ${node.operand.getText()}` }]
}

/** A loop that counts away from its bound never ends or never begins: nobody means that. */
function inLoop(node: ts.Node, down: boolean): number {
  const loop = node.parent
  if (!ts.isForStatement(loop) || loop.incrementor !== node || !loop.condition) return 1
  if (!ts.isBinaryExpression(loop.condition)) return 1
  const towards = loop.condition.operatorToken.getText()
  if (!/^[<>]/.test(towards)) return 1
  return towards.startsWith('<') === down ? 0.05 : 1.5
}
