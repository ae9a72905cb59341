import ts from 'typescript'
import { isSpecific } from './literals.ts'
import type { Remark } from './mark.ts'
import { RULES } from './rules.ts'
import type { Comparer, Side } from './side.ts'
import { foldedOf, functionAround, keyOf, lineOf } from './syntax.ts'

/** Rows that came to a table or `switch` there was, and are written like data rather than like a word of the program. */
export const rowChanges: Comparer = (before, after) => {
  if (before.test) return []
  return after.nodes.flatMap((node): Remark[] => {
    const asked = askedBy(node)
    const value = asked && foldedOf(asked)
    if (!value || !isSpecific(value) || before.text.includes(value) || rowsBefore(node, before) === 0) return []
    return [{ line: lineOf(node), rule: 'added-row', why: RULES['added-row'].why }]
  })
}

/** What a row answers. */
function askedBy(row: ts.Node): ts.Node | null {
  if (ts.isCaseClause(row)) return row.expression
  if (ts.isPropertyAssignment(row)) return row.name
  return ts.isArrayLiteralExpression(row) && row.elements.length === 2 ? (row.elements[0] ?? null) : null
}

/** How many rows the table or `switch` of a row had before the change; none where it is new, or the node is no row. */
export function rowsBefore(row: ts.Node, before: Side): number {
  const name = tableOf(row.parent)
  if (name === null) return 0
  const was = before.nodes.find((node) => isTable(node) && tableOf(node) === name)
  if (!was) return 0
  if (ts.isCaseBlock(was)) return was.clauses.filter(ts.isCaseClause).length
  if (ts.isObjectLiteralExpression(was)) return was.properties.length
  return ts.isArrayLiteralExpression(was) ? was.elements.length : 0
}

const isTable = (node: ts.Node): boolean =>
  ts.isObjectLiteralExpression(node) || ts.isCaseBlock(node) || ts.isArrayLiteralExpression(node)

/** What a table is called: the variable that holds it, or what a `switch` asks. */
function tableOf(table: ts.Node): string | null {
  if (ts.isCaseBlock(table)) {
    const { expression } = table.parent
    // `switch (true)` is a row of conditions.
    const asks = expression.kind !== ts.SyntaxKind.TrueKeyword
    return asks ? `switch ${keyOf(expression)} in ${functionAround(table)}` : null
  }
  if (!isTable(table)) return null
  let at = table.parent
  // `new Map([…])`, `Object.freeze({…})`, `{…} as const`.
  while (ts.isNewExpression(at) || ts.isCallExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at))
    at = at.parent
  if (!ts.isVariableDeclaration(at) && !ts.isPropertyDeclaration(at)) return null
  return `${at.name.getText()} in ${functionAround(table)}`
}
