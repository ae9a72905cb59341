import ts from 'typescript'
import type { Source } from './source.ts'
import type { Swap } from './swap.ts'
import { siblings } from './syntax.ts'

/** `await` in front of a call, in parentheses where it would otherwise bind to less. */
export function awaited(source: Source, call: ts.Expression): Swap[] {
  const from = call.getStart()
  if (!needsParentheses(call)) return [{ from, to: from, text: 'await ' }]
  const open = startsUnended(source, call) ? ';(await ' : '(await '
  return [
    { from, to: from, text: open },
    { from: call.end, to: call.end, text: ')' },
  ]
}

function needsParentheses(call: ts.Expression): boolean {
  const { parent } = call
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return parent.expression === call
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === call
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken
  return ts.isNonNullExpression(parent) || ts.isConditionalExpression(parent)
}

/** A line that begins with `(` would go on from the one before where that has no semicolon. */
function startsUnended(source: Source, call: ts.Expression): boolean {
  let statement: ts.Node = call
  while (!ts.isStatement(statement)) statement = statement.parent
  if (!ts.isExpressionStatement(statement) || statement.getStart() !== call.getStart()) return false
  const list = siblings(statement)
  const before = list?.[list.indexOf(statement) - 1]
  return before !== undefined && !/[;}]$/.test(source.text.slice(before.getStart(), before.end))
}
