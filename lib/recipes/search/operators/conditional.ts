import ts from 'typescript'
import { indentAt } from '../../source.ts'
import { rootOf, siblings } from '../../syntax.ts'
import { type Change, insert, type Operator } from '../operator.ts'

/** A statement that should only run where what it uses is there, and a loop that should pass some items over. */
export const conditional: Operator = {
  name: 'only-if',
  prior: 0.2,
  signs: { 'type-error': 4, more: 1.4, undefined: 1.1 },
  changes(node, { source }) {
    if (!ts.isExpressionStatement(node) || !siblings(node)) return []
    const things = thingsIn(node.expression)
    const indent = indentAt(source.text, node.getStart())
    const end = source.style.semicolon
    const loop = inLoop(node)
    return things.slice(0, 3).flatMap((thing): Change[] => {
      const only: Change = {
        swaps: [insert(node.getStart(), `if (${thing}) `)],
        summary: `Only where ${thing} is there`,
      }
      if (!loop) return [only]
      const skip = `if (!${thing}) continue${end}${source.style.eol}${indent}`
      return [
        only,
        { swaps: [insert(node.getStart(), skip)], summary: `Passes over where ${thing} is missing`, odds: 0.6 },
      ]
    })
  },
}

/** What the statement calls or reads from. */
function thingsIn(expression: ts.Expression): string[] {
  const found = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) found.add(node.expression.text)
    if (ts.isPropertyAccessExpression(node) && !node.questionDotToken) {
      const { root } = rootOf(node)
      if (ts.isIdentifier(root) && !/^(?:[A-Z]\w*|console|process|module|exports)$/.test(root.text))
        found.add(node.expression.getText())
    }
    ts.forEachChild(node, visit)
  }
  visit(expression)
  return [...found].filter((text) => /^[\w$.[\]]+$/.test(text))
}

function inLoop(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return true
  return false
}
