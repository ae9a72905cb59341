import ts from 'typescript'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** Methods whose arguments are positions or lengths. */
const POSITIONS =
  /^(?:slice|substring|substr|subarray|splice|charAt|charCodeAt|codePointAt|at|indexOf|lastIndexOf|repeat|padStart|padEnd|fill|copyWithin|with|from)$/

/** A position, a bound or a count that is one too far or one too short. */
export const offByOne: Operator = {
  name: 'off-by-one',
  prior: 0.75,
  signs: { 'one-off': 2.2, fewer: 1.3, more: 1.3, longer: 1.2, shorter: 1.2, undefined: 1.1 },
  changes(node) {
    if (!ts.isExpression(node)) return []
    if (ts.isBinaryExpression(node) && isOne(node.right)) return withOne(node)
    const odds = oddsOf(node)
    if (odds === 0) return []
    const text =
      ts.isBinaryExpression(node) || ts.isConditionalExpression(node) ? `(${node.getText()})` : node.getText()
    const down = ts.isPropertyAccessExpression(node) && node.name.text === 'length' ? 1 : 0.7
    if (ts.isNumericLiteral(node)) return []
    const [open, close] = isFactor(node) ? ['(', ')'] : ['', '']
    return [
      change(node, `${open}${text} - 1${close}`, odds * down),
      change(node, `${open}${text} + 1${close}`, odds * 0.7),
    ]
  },
}

/** `n * 2`, where `n - 1 * 2` would be something else. */
const isFactor = ({ parent }: ts.Node): boolean =>
  ts.isBinaryExpression(parent) && /^[*/%]$/.test(parent.operatorToken.getText())

const isOne = (node: ts.Expression): boolean => ts.isNumericLiteral(node) && node.text === '1'

const change = (node: ts.Node, text: string, odds: number): Change => ({
  swaps: [swapNode(node, text)],
  summary: `Counts ${text} instead of ${node.getText()}`,
  odds,
})

/** `n + 1` is `n` or `n - 1`. */
function withOne(node: ts.BinaryExpression): Change[] {
  const token = node.operatorToken.getText()
  if (token !== '+' && token !== '-') return []
  return [change(node, node.left.getText(), 0.9)]
}

/** How likely a whole expression misses a `± 1`. */
function oddsOf(node: ts.Expression): number {
  const { parent } = node
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return isNumberLike(node) ? 0.6 : 0
  if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node) {
    const callee = parent.expression
    // Months count from 0, days from 1: the second argument is the one that is got wrong.
    if (/^Date(?:\.UTC)?$/.test(callee.getText())) {
      return ts.isNumericLiteral(node) ? 0 : parent.arguments?.indexOf(node) === 1 ? 1.2 : 0.3
    }
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ''
    return POSITIONS.test(name) && isNumberLike(node) ? 0.7 : 0
  }
  if (ts.isBinaryExpression(parent) && /^[<>]=?$/.test(parent.operatorToken.getText()))
    return isNumberLike(node) ? 0.35 : 0
  if (ts.isBinaryExpression(parent) && /^[-+*/%]$/.test(parent.operatorToken.getText()))
    return isCount(node) ? 0.3 : isPage(node, parent) ? 0.25 : 0
  if (ts.isVariableDeclaration(parent) && parent.initializer === node) return isCount(node) ? 0.6 : 0
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) {
    if (ts.isBinaryExpression(node)) return /^[-+*/%]$/.test(node.operatorToken.getText()) ? 0.5 : 0
    return isCount(node) ? 0.5 : 0
  }
  return 0
}

/** `page * size`: what is multiplied counts from one, and was meant to count from nought. */
const isPage = (node: ts.Expression, { operatorToken }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.AsteriskToken &&
  (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node))

const isCount = (node: ts.Expression): boolean =>
  (ts.isPropertyAccessExpression(node) && /^(?:length|size)$/.test(node.name.text)) ||
  (ts.isCallExpression(node) &&
    /(?:indexOf|IndexOf|getMonth|getDate|floor|ceil|round|count)$/i.test(node.expression.getText()))

function isNumberLike(node: ts.Expression): boolean {
  if (isCount(node)) return true
  if (ts.isBinaryExpression(node))
    return /^[-+*/%]$/.test(node.operatorToken.getText()) && !ts.isStringLiteral(node.right)
  return (
    ts.isIdentifier(node) &&
    /^(?:[a-z]|.*(?:index|idx|pos|start|end|len|length|count|size|offset|from|to|at|low|high|mid|lo|hi|left|right|min|max|limit|cursor|page|n))$/i.test(
      node.text,
    )
  )
}
