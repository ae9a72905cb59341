import ts from 'typescript'
import { callOf, functionOf, walk } from '../../syntax.ts'
import { type Change, insert, type Operator } from '../operator.ts'

/** `this` that is another one: a callback written as a function, a method handed over without its object. */
export const binding: Operator = {
  name: 'this',
  prior: 0.35,
  signs: { 'type-error': 2.5, undefined: 1.3, nan: 1.5 },
  changes(node) {
    if (ts.isFunctionExpression(node)) return asArrow(node)
    if (!ts.isPropertyAccessExpression(node)) return []
    const { parent } = node
    const handed = ts.isCallExpression(parent) && parent.expression !== node
    if (
      !handed ||
      node.expression.kind !== ts.SyntaxKind.ThisKeyword ||
      !/^(?:_?on|handle|_?\w+(?:er|Handler|Listener))|^[a-z]/.test(node.name.text)
    )
      return []
    return [
      { swaps: [insert(node.end, '.bind(this)')], summary: `Hands over ${node.getText()} with its object`, odds: 0.6 },
    ]
  },
}

function asArrow(node: ts.FunctionExpression): Change[] {
  if (node.name || node.asteriskToken || !callOf(node) || !usesThis(node) || !functionOf(node)) return []
  const keyword = node.getChildren().find((child) => child.kind === ts.SyntaxKind.FunctionKeyword)
  if (!keyword) return []
  const open = node.getSourceFile().text.indexOf('(', keyword.end)
  return [
    {
      swaps: [{ from: keyword.getStart(), to: open, text: '' }, insert(node.body.getStart(), '=> ')],
      summary: 'Keeps the surrounding this in the callback',
      odds: 1.5,
    },
  ]
}

function usesThis(node: ts.FunctionExpression): boolean {
  let found = false
  const visit = (at: ts.Node): void => {
    if (at.kind === ts.SyntaxKind.ThisKeyword) found = true
    if (!ts.isFunctionExpression(at) && !ts.isFunctionDeclaration(at) && !ts.isClassLike(at)) ts.forEachChild(at, visit)
  }
  visit(node.body)
  let args = false
  walk(node.body, (at) => {
    if (ts.isIdentifier(at) && at.text === 'arguments') args = true
  })
  return found && !args
}
