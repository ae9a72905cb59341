import ts from 'typescript'
import { meaningAt } from '../../bindings.ts'
import { functionOf, walk } from '../../syntax.ts'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** A name declared once more that hides the one that was meant, and a `var` that all turns of a loop share. */
export const scope: Operator = {
  name: 'scope',
  prior: 0.45,
  signs: { undefined: 1.4, nullish: 1.3, number: 1.1, 'same-look': 1.1 },
  changes(node, { source }) {
    if (!ts.isVariableDeclarationList(node)) return []
    const keyword = node.getChildren()[0]
    const [only] = node.declarations
    if (!keyword || !only) return []
    const found: Change[] = []
    if (keyword.getText() === 'var' && ts.isForStatement(node.parent) && closes(node.parent)) {
      found.push({
        swaps: [swapNode(keyword, 'let')],
        summary: 'Gives every turn of the loop a variable of its own',
        odds: 1.5,
      })
    }
    if (
      !ts.isVariableStatement(node.parent) ||
      node.declarations.length > 1 ||
      !ts.isIdentifier(only.name) ||
      !only.initializer
    )
      return found
    const outer = meaningAt(source, only.name.text, outside(node))
    if (!outer || outer === only || !sameFunction(outer, node)) return found
    return [
      ...found,
      {
        swaps: [{ from: node.getStart(), to: only.name.getStart(), text: '' }],
        summary: `Sets the ${only.name.text} of outside`,
        odds: 1.4,
      },
    ]
  },
}

const outside = (node: ts.Node): ts.Node => {
  let at = node.parent
  while (at.parent && !ts.isBlock(at) && !ts.isFunctionLike(at)) at = at.parent
  return at.parent ?? at
}

const sameFunction = (outer: ts.Declaration, inner: ts.Node): boolean =>
  functionOf(outer) === functionOf(inner) || functionOf(outer) === functionOf(functionOf(inner) ?? inner)

/** A function inside the loop may keep the variable. */
function closes(loop: ts.ForStatement): boolean {
  let found = false
  walk(loop.statement, (at) => {
    if (ts.isFunctionLike(at)) found = true
  })
  return found
}
