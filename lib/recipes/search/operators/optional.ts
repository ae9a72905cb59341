import ts from 'typescript'
import { insert, type Operator } from '../operator.ts'

/** A read of something that may be missing: `a.b` is `a?.b`, and `f()` is `f?.()`. */
export const optional: Operator = {
  name: 'optional',
  prior: 0.2,
  signs: { 'type-error': 5 },
  changes(node) {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      if (node.questionDotToken || isTarget(node) || isSafe(node.expression)) return []
      const dot = ts.isPropertyAccessExpression(node) ? '?' : '?.'
      const odds = ts.isIdentifier(node.expression) ? 0.7 : 1
      return [
        {
          swaps: [insert(node.expression.end, dot)],
          summary: `Reads ${node.getText().slice(0, 60)} only where it is there`,
          odds,
        },
      ]
    }
    if (!ts.isCallExpression(node) || node.questionDotToken || node.expression.kind === ts.SyntaxKind.SuperKeyword)
      return []
    if (/^(?:require|[A-Z])/.test(node.expression.getText()) || node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return []
    return [
      {
        swaps: [insert(node.expression.end, '?.')],
        summary: `Calls ${node.expression.getText().slice(0, 60)} only where it is there`,
        odds: 0.4,
      },
    ]
  },
}

/** `a.b = …` and `a.b++` cannot be optional, nor what stands left of them. */
function isTarget(node: ts.Node): boolean {
  let at = node
  while (ts.isPropertyAccessExpression(at.parent) || ts.isElementAccessExpression(at.parent)) {
    if (at.parent.expression !== at) return false
    at = at.parent
  }
  const { parent } = at
  if (ts.isBinaryExpression(parent))
    return (
      parent.left === at &&
      /=$/.test(parent.operatorToken.getText()) &&
      !/^[<>=!]=/.test(parent.operatorToken.getText())
    )
  if (ts.isNewExpression(parent)) return parent.expression === at
  return (
    ts.isPostfixUnaryExpression(parent) ||
    (ts.isPrefixUnaryExpression(parent) &&
      parent.operator !== ts.SyntaxKind.ExclamationToken &&
      parent.operator !== ts.SyntaxKind.MinusToken)
  )
}

/** Always there. */
const isSafe = (node: ts.Expression): boolean =>
  node.kind === ts.SyntaxKind.ThisKeyword ||
  node.kind === ts.SyntaxKind.SuperKeyword ||
  ts.isLiteralExpression(node) ||
  ts.isArrayLiteralExpression(node) ||
  /^(?:[A-Z]\w*|console|process|module|exports|globalThis|import\.meta)$/.test(node.getText())
