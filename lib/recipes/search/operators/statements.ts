import ts from 'typescript'
import { leaves, siblings, walk } from '../../syntax.ts'
import { type Operator, swapNode } from '../operator.ts'

/** Two statements in the wrong order. */
export const statementOrder: Operator = {
  name: 'order',
  prior: 0.3,
  signs: { 'one-off': 1.4, order: 1.3, 'name-error': 1.5, undefined: 1.1, timeout: 1.1 },
  changes(node) {
    if (!ts.isStatement(node) || ts.isFunctionDeclaration(node) || ts.isImportDeclaration(node)) return []
    const list = siblings(node)
    const next = list?.[list.indexOf(node) + 1]
    if (!list || !next || ts.isSourceFile(node.parent) || ts.isFunctionDeclaration(next)) return []
    if (declaresFor(node, next) || (leaves(next) && !ts.isIfStatement(next))) return []
    const plain = ts.isExpressionStatement(node) && ts.isExpressionStatement(next)
    const guard = ts.isIfStatement(next) || ts.isIfStatement(node)
    return [
      {
        swaps: [swapNode(node, next.getText()), swapNode(next, node.getText())],
        summary: 'Exchanges two statements',
        odds: plain ? 1 : guard ? 0.8 : 0.5,
      },
    ]
  },
}

/** The second uses a name the first declares. */
function declaresFor(first: ts.Statement, second: ts.Statement): boolean {
  if (!ts.isVariableStatement(first)) return false
  const names = new Set<string>()
  for (const { name } of first.declarationList.declarations) {
    walk(name, (at) => {
      if (ts.isIdentifier(at)) names.add(at.text)
    })
  }
  let found = false
  walk(second, (at) => {
    if (ts.isIdentifier(at) && names.has(at.text)) found = true
  })
  return found
}
