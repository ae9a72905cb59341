import ts from 'typescript'
import { type Lister, place } from './place.ts'

/** `if (!x) return …` goes; `if (x) { … }` without an else loses its condition. */
export const removeGuard: Lister = (node, source) => {
  if (!ts.isIfStatement(node) || node.elseStatement) return []
  const start = node.getStart(source)
  if (leaves(node.thenStatement)) return [place(start, node.end, inList(node) ? '' : '{}')]
  if (ts.isBlock(node.thenStatement)) return [place(start, node.thenStatement.getStart(source), '')]
  return []
}

const LEAVING = new Set([
  ts.SyntaxKind.ReturnStatement,
  ts.SyntaxKind.ThrowStatement,
  ts.SyntaxKind.ContinueStatement,
  ts.SyntaxKind.BreakStatement,
])

const leaves = (then: ts.Statement): boolean =>
  ts.isBlock(then) ? then.statements.length === 1 && leaves(then.statements[0]!) : LEAVING.has(then.kind)

/** Whether a statement may vanish without a trace: elsewhere the grammar wants one. */
export const inList = (node: ts.Node): boolean =>
  ts.isBlock(node.parent) || ts.isSourceFile(node.parent) || ts.isCaseOrDefaultClause(node.parent)
