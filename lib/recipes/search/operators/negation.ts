import ts from 'typescript'
import { type Operator, swapNode } from '../operator.ts'

/** A condition the wrong way round: `!` missing or one too many. */
export const negation: Operator = {
  name: 'negation',
  prior: 0.55,
  signs: { boolean: 1.6, fewer: 1.1, more: 1.1 },
  changes(node, { source }) {
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      if (ts.isPrefixUnaryExpression(node.parent) || ts.isPrefixUnaryExpression(node.operand)) return []
      return [
        {
          swaps: [swapNode(node, node.operand.getText())],
          summary: `Asks for ${node.operand.getText()}, not its opposite`,
        },
      ]
    }
    if (!ts.isExpression(node) || !decides(node) || ts.isParenthesizedExpression(node)) return []
    if (ts.isPrefixUnaryExpression(node)) return []
    const text = node.getText(source.file)
    // Comparisons have opposites of their own.
    if (ts.isBinaryExpression(node)) {
      if (/^[<>=!]/.test(node.operatorToken.getText())) return []
      return [{ swaps: [swapNode(node, `!(${text})`)], summary: 'Asks for the opposite', odds: 0.4 }]
    }
    return [{ swaps: [swapNode(node, `!${text}`)], summary: `Asks for the opposite of ${text}` }]
  },
}

/** Condition of a statement, an operand of one, or what a predicate returns. */
function decides(node: ts.Expression): boolean {
  const { parent } = node
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === node
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) return parent.condition === node
  if (ts.isParenthesizedExpression(parent)) return decides(parent)
  if (ts.isArrowFunction(parent) || ts.isReturnStatement(parent)) return isQuestion(node)
  if (!ts.isBinaryExpression(parent) || !/^(?:&&|\|\|)$/.test(parent.operatorToken.getText())) return false
  if (decides(parent) || isQuestion(node)) return true
  // `!a && b` is b or nothing; `!a || b`, where it is kept, is a value that is `true` for want of a.
  return parent.left === node && (parent.operatorToken.getText() === '&&' || answersQuestion(parent.right))
}

/** Is true or false itself, so that the whole is. */
const answersQuestion = (node: ts.Expression): boolean =>
  isQuestion(node) ||
  ts.isPrefixUnaryExpression(node) ||
  (ts.isBinaryExpression(node) && /^(?:[<>]=?|[!=]==?|in|instanceof)$/.test(node.operatorToken.getText())) ||
  node.kind === ts.SyntaxKind.TrueKeyword ||
  node.kind === ts.SyntaxKind.FalseKeyword

/** Reads like a question: `isOpen(x)`, `set.has(x)`, `/…/.test(x)`. */
function isQuestion(node: ts.Expression): boolean {
  const callee = ts.isCallExpression(node) ? node.expression : node
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : ''
  return /^(?:is|has|can|should|was|are|in|not)[A-Z_]|^(?:has|test|includes|startsWith|endsWith|every|some|isArray|equals)$/.test(
    name,
  )
}
