import ts from 'typescript'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** How presence is asked for: `!x` takes 0 and '' for missing, `=== undefined` takes null for there. */
export const presence: Operator = {
  name: 'presence',
  prior: 0.5,
  signs: { 'falsy-lost': 2.5, nullish: 1.5, kind: 1.2, undefined: 1.2, 'type-error': 1.3, boolean: 1.1 },
  changes(node) {
    if (ts.isBinaryExpression(node)) return [...compared(node), ...owned(node)]
    if (!ts.isExpression(node)) return []
    if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
      const { operand } = node
      return isThing(operand) ? forms(node, operand, '===', '==') : []
    }
    if (ts.isCallExpression(node) && isAsked(node)) return found(node)
    return isThing(node) && isAsked(node) ? forms(node, node, '!==', '!=') : []
  },
}

const forms = (node: ts.Node, thing: ts.Expression, strict: string, loose: string): Change[] => {
  const text = thing.getText()
  const change = (to: string, odds: number): Change => ({
    swaps: [swapNode(node, to)],
    summary: `Asks whether ${to}`,
    odds,
  })
  const element = ts.isElementAccessExpression(thing) ? thing : null
  const has = element
    ? [
        change(
          `${strict === '===' ? '!(' : ''}${element.argumentExpression.getText()} in ${element.expression.getText()}${strict === '===' ? ')' : ''}`,
          0.5,
        ),
      ]
    : []
  return [
    change(`${text} ${strict} undefined`, 1),
    change(`${text} ${loose} null`, 0.95),
    change(`${text} ${strict} null`, 0.3),
    change(`${text}.length ${strict} 0`, 0.3),
    ...has,
  ]
}

/** A plain value, not a question: names and reads. */
const isThing = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)

function isAsked(node: ts.Expression): boolean {
  const { parent } = node
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node
  if (ts.isConditionalExpression(parent)) return parent.condition === node
  if (ts.isParenthesizedExpression(parent)) return isAsked(parent)
  return (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken &&
    parent.left === node
  )
}

const LOOSER: Record<string, string> = { '===': '==', '!==': '!=', '==': '===', '!=': '!==' }

/** `x === undefined` is `x == null`, `a == b` is `a === b`; `typeof x === 'object'` forgets that null is one. */
function compared(node: ts.BinaryExpression): Change[] {
  const { left, right, operatorToken: token } = node
  const other = LOOSER[token.getText()]
  if (!other) return []
  const change = (to: string, odds: number): Change => ({
    swaps: [swapNode(node, to)],
    summary: `Asks whether ${to}`,
    odds,
  })
  const [a, b] = [left.getText(), right.getText()]
  if (b === 'undefined' || b === 'null') {
    const strict = token.getText().length === 3
    const not = token.getText().startsWith('!')
    return [
      ...(strict ? [change(`${a} ${other} null`, 1)] : [change(`${a} ${other} ${b}`, 0.6)]),
      change(not ? a : `!${a}`, 0.5),
    ]
  }
  if (ts.isTypeOfExpression(left) && b.slice(1, -1) === 'object') {
    const value = left.expression.getText()
    const not = token.getText().startsWith('!')
    return [
      change(not ? `(${node.getText()} || ${value} === null)` : `${node.getText()} && ${value} !== null`, 1),
      change(
        not ? `(${node.getText()} || Array.isArray(${value}))` : `${node.getText()} && !Array.isArray(${value})`,
        0.8,
      ),
      change(not ? `!${value} || ${node.getText()}` : `${value} && ${node.getText()}`, 0.4),
    ]
  }
  return [change(`${a} ${other} ${b}`, 0.5)]
}

/** `key in map` finds what every object has, and nothing equals NaN. */
function owned(node: ts.BinaryExpression): Change[] {
  const { left, right, operatorToken: token } = node
  const change = (to: string): Change[] => [{ swaps: [swapNode(node, to)], summary: `Asks whether ${to}` }]
  if (token.kind === ts.SyntaxKind.InKeyword) return change(`Object.hasOwn(${right.getText()}, ${left.getText()})`)
  if (right.getText() !== 'NaN') return []
  return change(`${token.getText().startsWith('!') ? '!' : ''}Number.isNaN(${left.getText()})`)
}

/** A position is never falsy where nothing is found, and falsy at the front. */
function found(node: ts.CallExpression): Change[] {
  if (!/(?:indexOf|IndexOf|findIndex|search)$/.test(node.expression.getText())) return []
  const to = `${node.getText()} !== -1`
  return [{ swaps: [swapNode(node, to)], summary: `Asks whether ${to}`, odds: 1.4 }]
}
