import ts from 'typescript'
import { bare, foldedOf, isAssignment, isConstant, nodesOf } from './syntax.ts'

/**
 * Whether a function does anything but give a constant, or refuse to. One that only gives constants still decides when
 * there are several of them, unless it ends in one that the failing test asks for.
 */
export function works(fn: ts.FunctionLikeDeclaration, asked: (value: string) => boolean): boolean {
  if (!fn.body) return false
  if (!ts.isBlock(fn.body)) return !isConstant(fn.body as ts.Expression)
  const own = ownNodes(fn.body)
  const given = own.flatMap((node) => (ts.isReturnStatement(node) && node.expression ? [node.expression] : []))
  if (given.length === 0) return fn.body.statements.some(isWork)
  if (given.some((value) => !isFixed(value, own))) return true
  if (own.some(hasEffect)) return true
  const last = fn.body.statements.at(-1)
  const end = last && ts.isReturnStatement(last) && last.expression ? valuesIn(last.expression, own) : []
  const constants = new Set(given.map((value) => value.getText()))
  return constants.size > 1 && !end.some(asked)
}

/** A declaration of a constant, and a guard that only refuses, are no work. */
function isWork(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isEmptyStatement(statement)) return false
  if (ts.isBlock(statement)) return statement.statements.some(isWork)
  if (ts.isIfStatement(statement))
    return isWork(statement.thenStatement) || (!!statement.elseStatement && isWork(statement.elseStatement))
  if (!ts.isVariableStatement(statement)) return true
  return statement.declarationList.declarations.some(({ initializer }) => initializer && !isConstant(initializer))
}

/** Nodes of a function's body, without those of functions inside it. */
function ownNodes(body: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  const open: ts.Node[] = [body]
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node)
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, (child) => void open.push(child))
  }
  return found
}

/** Written out, or a variable that is never anything else. */
function isFixed(node: ts.Expression, own: ts.Node[]): boolean {
  if (isConstant(node)) return true
  const value = bare(node)
  return ts.isIdentifier(value) && settersOf(value, own) !== null
}

/** Every constant a variable of the function is set to; null when something else becomes of it. */
function settersOf(name: ts.Identifier, own: ts.Node[]): ts.Expression[] | null {
  const values: ts.Expression[] = []
  for (const node of own) {
    if (!ts.isIdentifier(node) || node.text !== name.text) continue
    const { parent } = node
    if (ts.isReturnStatement(parent)) continue
    if (ts.isVariableDeclaration(parent) && parent.name === node && parent.initializer) values.push(parent.initializer)
    else if (
      ts.isBinaryExpression(parent) &&
      parent.left === node &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
    )
      values.push(parent.right)
    else return null
  }
  return values.length > 0 && values.every(isConstant) ? values : null
}

function valuesIn(node: ts.Expression, own: ts.Node[]): string[] {
  const value = bare(node)
  const all = ts.isIdentifier(value) ? (settersOf(value, own) ?? []) : [value]
  return all.flatMap((one) => nodesOf(one).flatMap((inner) => foldedOf(inner) ?? []))
}

/** A call by itself, or a change of what others hold; what is thrown is made, not done. */
function hasEffect(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true
  if (ts.isExpressionStatement(node)) return ts.isCallExpression(bare(node.expression))
  return ts.isBinaryExpression(node) && isAssignment(node) && !ts.isIdentifier(bare(node.left))
}
