import ts from 'typescript'
import { type Change, type Operator, swapNode, wrap } from '../operator.ts'

const MUTATES = /^(?:sort|reverse|splice|fill|copyWithin|pop|shift|push|unshift)$/

/** What belongs to somebody else is changed, or handed out to be changed: a copy is missing. */
export const copies: Operator = {
  name: 'copy',
  prior: 0.35,
  signs: { order: 1.8, reversed: 1.5, more: 1.5, fewer: 1.3, 'same-look': 1.5 },
  changes(node) {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { expression: on, name } = node.expression
      if (!MUTATES.test(name.text) || !isKept(on)) return []
      const used = !ts.isExpressionStatement(node.parent)
      return used
        ? [{ swaps: [swapNode(on, `[...${on.getText()}]`)], summary: `Changes a copy of ${on.getText()}` }]
        : []
    }
    if (!ts.isExpression(node) || !isKept(node)) return []
    return handedOn(node)
  },
}

const isKept = (node: ts.Node): node is ts.Expression => ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)

/** Lists by their names and by what is done with them; the rest may be an object. */
const isListNamed = (text: string): boolean =>
  /(?:s|list|array|items|queue|stack|history|rows|path|args|entries)$/i.test(text)

function handedOn(node: ts.Expression): Change[] {
  const { parent } = node
  const text = node.getText()
  if (text === 'undefined' || /^[A-Z]/.test(text)) return []
  const returned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node)
  const kept =
    (ts.isVariableDeclaration(parent) && parent.initializer === node) ||
    (ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      parent.right === node) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === node)
  const pushed =
    ts.isCallExpression(parent) && parent.expression !== node && /\.(?:push|set|add)$/.test(parent.expression.getText())
  if (!kept && !pushed && !(returned && ts.isPropertyAccessExpression(node))) return []
  const list = isListNamed(text)
  const each = ts.isArrowFunction(parent) ? `({ ...${text} })` : `{ ...${text} }`
  const change = (to: string, odds: number): Change => ({
    swaps: [swapNode(node, to)],
    summary: `Hands on a copy of ${text}`,
    odds,
  })
  return [change(`[...${text}]`, list ? 0.5 : 0.25), change(each, list ? 0.15 : 0.4)]
}

/** Iterating over what the loop changes: the loop needs a copy. */
export const iteratedCopy: Operator = {
  name: 'iterated-copy',
  prior: 0.4,
  signs: { fewer: 1.5, more: 1.3, order: 1.2 },
  changes(node) {
    const list = ts.isForOfStatement(node)
      ? node.expression
      : ts.isCallExpression(node) &&
          ts.isPropertyAccessExpression(node.expression) &&
          node.expression.name.text === 'forEach'
        ? node.expression.expression
        : null
    if (!list || !isKept(list)) return []
    return [
      { swaps: wrap(list, '[...', ']'), summary: `Goes through a copy of ${list.getText()}` },
      {
        swaps: [swapNode(list, `${list.getText()}.slice()`)],
        summary: `Goes through a copy of ${list.getText()}`,
        odds: 0.4,
      },
    ]
  },
}
