import ts from 'typescript'
import { type Lister, place } from './place.ts'

const { SyntaxKind } = ts
const OTHERS: Partial<Record<ts.SyntaxKind, string>> = {
  [SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [SyntaxKind.EqualsEqualsToken]: '!=',
  [SyntaxKind.ExclamationEqualsToken]: '==',
  [SyntaxKind.AmpersandAmpersandToken]: '||',
  [SyntaxKind.BarBarToken]: '&&',
  [SyntaxKind.PlusToken]: '-',
  [SyntaxKind.MinusToken]: '+',
  [SyntaxKind.AsteriskToken]: '/',
  [SyntaxKind.SlashToken]: '*',
  [SyntaxKind.LessThanToken]: '>',
  [SyntaxKind.GreaterThanToken]: '<',
  [SyntaxKind.LessThanEqualsToken]: '>=',
  [SyntaxKind.GreaterThanEqualsToken]: '<=',
  [SyntaxKind.PlusEqualsToken]: '-=',
  [SyntaxKind.MinusEqualsToken]: '+=',
}

/** The opposite comparison, connection, sign; a `!` that is missing. */
export const wrongOperator: Lister = (node, source) => {
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
    return [place(node.getStart(source), node.operand.getStart(source), '')]
  if (!ts.isBinaryExpression(node)) return []
  const { operatorToken } = node
  const other = OTHERS[operatorToken.kind]
  if (!other) return []
  // `a+-b` must not become `a--b`.
  const apart = /[+-]/.test(source.text[operatorToken.end] ?? '') ? ' ' : ''
  return [place(operatorToken.getStart(source), operatorToken.end, other + apart)]
}
