import ts from 'typescript'
import { indentAt } from '../../source.ts'
import { leaves, walk } from '../../syntax.ts'
import { type Change, insert, type Operator, swapNode } from '../operator.ts'

/** A `break` or `continue` that is missing, too much, or the other one. */
export const leaving: Operator = {
  name: 'leaving',
  prior: 0.4,
  signs: { more: 1.3, fewer: 1.3, number: 1.1, timeout: 1.3, string: 1.1 },
  changes(node, { source }) {
    const end = source.style.semicolon
    if (ts.isBreakOrContinueStatement(node)) return exchanged(node, end)
    if (ts.isCaseOrDefaultClause(node)) {
      const last = node.statements.at(-1)
      const clauses = node.parent.clauses
      if (!last || clauses.at(-1) === node || ends(last)) return []
      return [after(source.text, last, `break${end}`, source.style.eol, 1.6)]
    }
    if (!ts.isBlock(node) || !ts.isIfStatement(node.parent) || !inLoop(node)) return []
    const last = node.statements.at(-1)
    if (!last || ends(last)) return []
    return [
      after(source.text, last, `break${end}`, source.style.eol, 0.7),
      after(source.text, last, `continue${end}`, source.style.eol, 0.6),
    ]
  },
}

const ends = (statement: ts.Statement): boolean =>
  leaves(statement) || ts.isBreakOrContinueStatement(statement) || hasLast(statement)

function hasLast(statement: ts.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : undefined
  return last !== undefined && ends(last)
}

function after(text: string, last: ts.Statement, word: string, eol: string, odds: number): Change {
  return { swaps: [insert(last.end, eol + indentAt(text, last.getStart()) + word)], summary: `Leaves by ${word}`, odds }
}

function exchanged(node: ts.BreakOrContinueStatement, end: string): Change[] {
  const word = ts.isBreakStatement(node) ? 'break' : 'continue'
  const other = word === 'break' ? 'continue' : 'break'
  const label = node.label ? ` ${node.label.text}` : ''
  const found: Change[] = inLoop(node)
    ? [{ swaps: [swapNode(node, `${other}${label}${end}`)], summary: `Uses ${other} instead of ${word}`, odds: 0.9 }]
    : []
  return found
}

function inLoop(node: ts.Node): boolean {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return true
  return false
}

/** `return` inside of a loop that ends it at the first item. */
export const earlyReturn: Operator = {
  name: 'early-return',
  prior: 0.3,
  signs: { boolean: 1.4, fewer: 1.3, undefined: 1.2 },
  changes(node, { source }) {
    if (!ts.isIfStatement(node) || !node.elseStatement || !inLoop(node)) return []
    let returned: ts.ReturnStatement | null = null
    walk(
      node.elseStatement,
      (at) => {
        if (ts.isReturnStatement(at)) returned = at
      },
      'own',
    )
    const found = returned as ts.ReturnStatement | null
    const loop = loopOf(node)
    if (!found || !loop) return []
    const indent = indentAt(source.text, loop.getStart())
    return [
      {
        swaps: [
          { from: node.thenStatement.end, to: node.end, text: '' },
          insert(loop.end, source.style.eol + indent + found.getText()),
        ],
        summary: 'Answers only after the last item',
      },
    ]
  },
}

function loopOf(node: ts.Node): ts.Node | null {
  for (let at = node.parent; at && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isIterationStatement(at, false)) return at
  return null
}
