import ts from 'typescript'
import { callOf, isFunction } from '../../syntax.ts'
import { type Change, insert, type Operator } from '../operator.ts'

/** A value that is worked out and thrown away where it should be returned. */
export const missingReturn: Operator = {
  name: 'return',
  prior: 0.6,
  signs: { undefined: 3, timeout: 1.5, promise: 1.2, more: 1.1, thrown: 1.2 },
  changes(node) {
    if (ts.isTaggedTemplateExpression(node)) return joined(node)
    if (!ts.isExpressionStatement(node)) return []
    const { expression } = node
    const assigns = ts.isBinaryExpression(expression) && /=$/.test(expression.operatorToken.getText())
    const test = ts.isBinaryExpression(expression) && /^[<>=!]=/.test(expression.operatorToken.getText())
    if (ts.isDeleteExpression(expression) || ts.isPostfixUnaryExpression(expression)) return []
    if (ts.isStringLiteral(expression)) return []
    const odds = placeOf(node) * (assigns && !test ? 0.15 : 1) * (isVoid(expression) ? 0.15 : 1)
    if (odds === 0) return []
    const change: Change = {
      swaps: [insert(node.getStart(), 'return ')],
      summary: `Returns ${expression.getText().replace(/\s+/g, ' ').slice(0, 60)}`,
      odds,
    }
    return [change]
  },
}

/** Last statement of a function or of a branch: likely; in the middle everything behind it would be dead. */
function placeOf(node: ts.Statement): number {
  const { parent } = node
  if (ts.isIfStatement(parent)) return 0.8
  if (!ts.isBlock(parent) && !ts.isCaseOrDefaultClause(parent)) return 0
  if (parent.statements.at(-1) !== node) return ts.isCaseOrDefaultClause(parent) ? 0.4 : 0
  if (ts.isCaseOrDefaultClause(parent)) return 0.6
  const outer = parent.parent
  if (ts.isConstructorDeclaration(outer) || ts.isSetAccessorDeclaration(outer)) return 0
  if (isFunction(outer)) return returns(outer) ? 0.5 : callOf(outer) ? 1 : 0.9
  return ts.isIfStatement(outer) || ts.isTryStatement(outer) || ts.isCatchClause(outer) ? 0.8 : 0
}

/** Logging and collecting are done for what they do. */
const isVoid = (expression: ts.Expression): boolean =>
  ts.isCallExpression(expression) &&
  /^console\.|\.(?:push|add|set|delete|forEach|emit|clear)$/.test(expression.expression.getText())

function returns(fn: ts.FunctionLikeDeclaration): boolean {
  const last = fn.body && ts.isBlock(fn.body) ? fn.body.statements.at(-1) : undefined
  return last !== undefined && ts.isReturnStatement(last)
}

/** Without semicolons a template on a line of its own is read as belonging to the line before. */
function joined({ tag, template }: ts.TaggedTemplateExpression): Change[] {
  const between = tag.getSourceFile().text.slice(tag.end, template.getStart())
  if (!between.includes('\n')) return []
  return [{ swaps: [insert(template.getStart(), 'return ')], summary: 'Returns the text on its own line', odds: 2 }]
}
