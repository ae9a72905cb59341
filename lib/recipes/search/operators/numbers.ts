import ts from 'typescript'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** A number that is written wrongly: one off, a sign, or off by as much as the failing assertion is. */
export const numbers: Operator = {
  name: 'number',
  prior: 0.5,
  signs: { number: 1.4, 'one-off': 1.6, longer: 1.1, shorter: 1.1, fewer: 1.1, more: 1.1 },
  changes(node, { facts }) {
    if (!ts.isNumericLiteral(node) || (ts.isPropertyAssignment(node.parent) === false && isKey(node))) return []
    const signed = ts.isPrefixUnaryExpression(node.parent) && node.parent.operator === ts.SyntaxKind.MinusToken
    const whole = signed ? node.parent : node
    const value = Number(node.text.replace(/_/g, '')) * (signed ? -1 : 1)
    if (!Number.isFinite(value)) return []
    const others = new Map<number, number>()
    const offer = (other: number, odds: number): void => {
      if (Number.isFinite(other) && other !== value) others.set(other, Math.max(others.get(other) ?? 0, odds))
    }
    if (Number.isInteger(value) && Math.abs(value) < 1000) {
      const place = isBound(whole) ? 1.1 : 0.7
      offer(value + 1, place)
      offer(value - 1, value > 0 ? place : 0.4)
      // What is not found is at -1 by convention.
      if (value < -1) offer(-1, 1.2)
      if (value === 1) offer(-1, 0.3)
      if (value === -1) offer(1, 0.5)
    }
    for (const { actual, expected } of facts.pairs) {
      if (typeof actual !== 'number' || typeof expected !== 'number') continue
      if (actual === value) offer(expected, 1.4)
      if (actual !== 0 && value !== 0) offer(rounded((value * expected) / actual), 0.6)
      if (expected !== 0 && value !== 0 && value !== 1) offer(rounded((value * actual) / expected), 0.5)
    }
    if (value >= 60 || value === 24 || value === 12)
      for (const scale of [10, 100, 0.1, 60, 1 / 60]) offer(rounded(value * scale), 0.2)
    return [...others].map(
      ([other, odds]): Change => ({
        swaps: [swapNode(whole, `${other}`)],
        summary: `Uses ${other} instead of ${value}`,
        odds,
      }),
    )
  },
}

/** Six digits: what is left is noise of the division. */
const rounded = (value: number): number => {
  const short = Number(value.toPrecision(6))
  return Math.abs(short) > 1e-6 && Math.abs(short) < 1e12 && `${short}`.length <= 9 ? short : Number.NaN
}

const isKey = (node: ts.Node): boolean => ts.isEnumMember(node.parent) || ts.isLiteralTypeNode(node.parent)

/** Where counting begins, or a position of `slice` and the like. */
function isBound(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isVariableDeclaration(parent)) return ts.isForStatement(parent.parent.parent)
  return (
    ts.isCallExpression(parent) && /\.(?:slice|substring|substr|splice|charAt|at)$/.test(parent.expression.getText())
  )
}
