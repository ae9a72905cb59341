import ts from 'typescript'
import { indentAt } from '../../source.ts'
import { siblings } from '../../syntax.ts'
import { type Change, insert, type Operator, swapNode } from '../operator.ts'

/** `in` for `of`, a loop that begins at the wrong end, a statement inside that belongs behind. */
export const looping: Operator = {
  name: 'loop',
  prior: 0.4,
  signs: { 'one-off': 1.4, fewer: 1.2, more: 1.2, reversed: 1.3, undefined: 1.1, number: 1.1 },
  changes(node, { source }) {
    if (ts.isForInStatement(node) || ts.isForOfStatement(node)) return otherKind(node)
    if (ts.isForStatement(node)) return starts(node)
    if (!ts.isStatement(node) || !ts.isBlock(node.parent) || !ts.isIterationStatement(node.parent.parent, false))
      return []
    return moved(node, source.text, source.style.eol)
  },
}

function otherKind(node: ts.ForInStatement | ts.ForOfStatement): Change[] {
  const keyword = node
    .getChildren()
    .find(({ kind }) => kind === ts.SyntaxKind.InKeyword || kind === ts.SyntaxKind.OfKeyword)
  if (!keyword) return []
  const other = ts.isForInStatement(node) ? 'of' : 'in'
  return [{ swaps: [swapNode(keyword, other)], summary: `Goes through by ${other}`, odds: other === 'of' ? 1 : 0.4 }]
}

/** `let i = 0` is `1`, and the other way round. */
function starts({ initializer }: ts.ForStatement): Change[] {
  if (!initializer || !ts.isVariableDeclarationList(initializer)) return []
  const value = initializer.declarations[0]?.initializer
  if (!value || !ts.isNumericLiteral(value) || !/^[01]$/.test(value.text)) return []
  const other = value.text === '0' ? '1' : '0'
  return [{ swaps: [swapNode(value, other)], summary: `Begins at ${other}`, odds: 1.1 }]
}

/** The last statement of the loop goes behind it; a `return` there ends the loop at its first turn. */
function moved(node: ts.Statement, text: string, eol: string): Change[] {
  const block = node.parent as ts.Block
  const loop = block.parent
  if (block.statements.at(-1) !== node || block.statements.length < 2 || !siblings(loop)) return []
  const from = block.statements[block.statements.length - 2]!.end
  const indent = indentAt(text, loop.getStart())
  return [
    {
      swaps: [{ from, to: node.end, text: '' }, insert(loop.end, eol + indent + node.getText())],
      summary: 'Does it once, after the loop',
      odds: ts.isReturnStatement(node) ? 1.5 : 0.4,
    },
  ]
}
