import ts from 'typescript'

/** Questions about one node that every recipe asks. */

/** The expression without parentheses, casts, `!`, `satisfies` and `await`. */
export function bare(node: ts.Expression): ts.Expression {
  let at = node
  while (true) {
    if (ts.isAwaitExpression(at)) at = at.expression
    else if (uncast(at) !== at) at = uncast(at)
    else return at
  }
}

/** The expression without parentheses and casts, but with its `await`. */
export function uncast(node: ts.Expression): ts.Expression {
  let at = node
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isAsExpression(at) ||
    ts.isNonNullExpression(at) ||
    ts.isSatisfiesExpression(at) ||
    ts.isTypeAssertionExpression(at)
  ) {
    at = at.expression
  }
  return at
}

/** The innermost function around a node (never the node itself), or null at the top of the file. */
export function functionOf(node: ts.Node): ts.FunctionLikeDeclaration | null {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return at
  return null
}

export function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node
}

/** A function expression handed straight to a call: a callback. */
export function callOf(fn: ts.Node): ts.CallExpression | null {
  let at = fn.parent
  while (at && ts.isParenthesizedExpression(at)) at = at.parent
  return at && ts.isCallExpression(at) && at.arguments.some((argument) => uncast(argument) === fn) ? at : null
}

/** The statements a statement stands among, or null where it is the lone body of an `if` or a loop. */
export function siblings(statement: ts.Node): readonly ts.Statement[] | null {
  const parent = statement.parent
  if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) return parent.statements
  return null
}

/** The same tree in source order, without entering nested functions unless asked. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void, into: 'all' | 'own' = 'all'): void {
  visit(node)
  ts.forEachChild(node, (child) => {
    if (into === 'own' && isFunction(child)) return
    walk(child, visit, into)
  })
}

/** The leftmost expression of `a.b[c].d`, and whether a `?.` stands on the way. */
export function rootOf(node: ts.Expression): { root: ts.Expression; optional: boolean } {
  let at = uncast(node)
  let optional = false
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) {
    if (at.questionDotToken) optional = true
    at = uncast(at.expression)
  }
  return { root: at, optional }
}

/** A statement that never falls through. */
export function leaves(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return true
  if (!ts.isBlock(statement)) return false
  const last = statement.statements.at(-1)
  return last !== undefined && leaves(last)
}

/** A return or throw anywhere inside, nested functions left out. */
export function mayLeave(node: ts.Node): boolean {
  let found = false
  walk(
    node,
    (at) => {
      if (ts.isReturnStatement(at) || ts.isThrowStatement(at) || ts.isBreakOrContinueStatement(at)) found = true
    },
    'own',
  )
  return found
}

/** The text of an access chain on one line. */
export const plain = (node: ts.Expression): string =>
  node
    .getText()
    .split(/\s*\n\s*/)
    .join('')
