import ts from 'typescript'
import { type Change, insert, type Operator, swapNode, wrap } from '../operator.ts'

/** Calls that bring a value into shape; where one is missing, and where one is too much. */
const METHODS: [string, string, number][] = [
  ['.trim()', 'space', 1],
  ['.toLowerCase()', 'case', 1],
  ['.toUpperCase()', 'case', 0.6],
]
const AROUND: [string, string, number][] = [
  ['Number', 'kind', 1],
  ['String', 'kind', 1],
  ['Math.round', 'fraction', 1],
  ['Math.floor', 'fraction', 0.3],
  ['Math.ceil', 'fraction', 0.2],
  ['Math.abs', 'negated-number', 0.8],
  ['Boolean', 'kind', 0.5],
]
const REMOVABLE = /^(?:trim|trimStart|trimEnd|toLowerCase|toUpperCase|reverse|sort|toString|toFixed)$/

/** A value that has to be converted first: trimmed, lowered, made a number or rounded. */
export const conversion: Operator = {
  name: 'conversion',
  prior: 0.25,
  signs: { space: 3, case: 3, kind: 3, 'negated-number': 2, fraction: 4, number: 1.1, nan: 1.5, boolean: 1 },
  changes(node, { facts }) {
    if (!ts.isExpression(node)) return []
    const removed = without(node)
    if (!isValue(node)) return removed
    const likely = (sign: string): number => ((facts.signs as Set<string>).has(sign) ? 1 : 0.25)
    const text = node.getText()
    const simple =
      ts.isBinaryExpression(node) || ts.isConditionalExpression(node) || ts.isAwaitExpression(node) ? null : text
    const methods = METHODS.flatMap(([method, sign, odds]): Change[] =>
      simple && !/^\d/.test(text) && !text.endsWith(method)
        ? [
            {
              swaps: [insert(node.end, method)],
              summary: `Uses ${text.slice(0, 40)}${method}`,
              odds: odds * likely(sign),
            },
          ]
        : [],
    )
    const around = AROUND.flatMap(([fn, sign, odds]): Change[] =>
      text.startsWith(`${fn}(`) || ts.isStringLiteralLike(node)
        ? []
        : [
            {
              swaps: wrap(node, `${fn}(`, ')'),
              summary: `Uses ${fn}(${text.slice(0, 40)})`,
              odds: odds * likely(sign) * (sign === 'fraction' && !makesFraction(node) ? 0.3 : 1),
            },
          ],
    )
    return [...removed, ...methods, ...around]
  },
}

/** Where a value comes in or goes out: returned, kept, compared, given a name or a key. */
function isValue(node: ts.Expression): boolean {
  if (!/^(?:[\w$.[\]?'"]+|[\s\S]*[-+*/][\s\S]*|[\w$.]+\([\s\S]*\))$/.test(node.getText())) return false
  if (ts.isLiteralExpression(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return false
  const { parent } = node
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) return true
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isElementAccessExpression(parent)) return parent.argumentExpression === node
  if (ts.isCallExpression(parent)) return parent.expression !== node && parent.arguments.length <= 2
  return ts.isBinaryExpression(parent) &&
    /^(?:[-+=]|[<>]=?|[=!]==?)$/.test(parent.operatorToken.getText()) &&
    parent.right === node
    ? true
    : ts.isBinaryExpression(parent) && /^(?:\+|[=!]==?)$/.test(parent.operatorToken.getText())
}

/** `x.trim()` without its call, `Number(x)` without its name. */
function without(node: ts.Expression): Change[] {
  if (!ts.isCallExpression(node)) return []
  const { expression: callee } = node
  if (ts.isPropertyAccessExpression(callee) && REMOVABLE.test(callee.name.text) && node.arguments.length <= 1) {
    return [
      { swaps: [swapNode(node, callee.expression.getText())], summary: `Leaves out .${callee.name.text}()`, odds: 0.5 },
    ]
  }
  const [only] = node.arguments
  if (!only || node.arguments.length > 2 || !/^(?:Number|String|parseInt|Math\.\w+)$/.test(callee.getText())) return []
  if (ts.isPropertyAccessExpression(callee) && node.arguments.length > 1) return []
  return [{ swaps: [swapNode(node, only.getText())], summary: `Leaves out ${callee.getText()}()`, odds: 0.4 }]
}

/** A product or a quotient: rounding belongs where the fraction is made, not to whoever adds it up. */
const makesFraction = (node: ts.Expression): boolean =>
  ts.isBinaryExpression(node) &&
  /^[*/]$/.test(node.operatorToken.getText()) &&
  [node.left, node.right].some(ts.isNumericLiteral)
