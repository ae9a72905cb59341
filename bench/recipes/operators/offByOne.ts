import ts from 'typescript'
import { type Lister, place } from './place.ts'

const { SyntaxKind } = ts
const BOUNDS: Partial<Record<ts.SyntaxKind, string>> = {
  [SyntaxKind.LessThanToken]: '<=',
  [SyntaxKind.LessThanEqualsToken]: '<',
  [SyntaxKind.GreaterThanToken]: '>=',
  [SyntaxKind.GreaterThanEqualsToken]: '>',
}
const CUTS = new Set(['slice', 'substring', 'substr', 'splice', 'charAt', 'charCodeAt', 'at', 'subarray'])

/** `<` → `<=`; `x + 1` and `x - 1` → `x`; an index, a cut's end and a loop's start one higher. */
export const offByOne: Lister = (node, source) => {
  if (ts.isBinaryExpression(node)) {
    const { left, operatorToken, right } = node
    const bound = BOUNDS[operatorToken.kind]
    if (bound) return [place(operatorToken.getStart(source), operatorToken.end, bound)]
    const isStep = operatorToken.kind === SyntaxKind.PlusToken || operatorToken.kind === SyntaxKind.MinusToken
    return isStep && right.getText(source) === '1' ? [place(left.end, right.end, '')] : []
  }
  return ts.isNumericLiteral(node) && isPosition(node)
    ? [place(node.getStart(source), node.end, String(Number(node.text) + 1))]
    : []
}

function isPosition(node: ts.NumericLiteral): boolean {
  if (!Number.isSafeInteger(Number(node.text))) return false
  const { parent } = node
  if (ts.isElementAccessExpression(parent)) return parent.argumentExpression === node
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && ts.isForStatement(parent.parent.parent)
  return (
    ts.isCallExpression(parent) &&
    ts.isPropertyAccessExpression(parent.expression) &&
    CUTS.has(parent.expression.name.text)
  )
}
