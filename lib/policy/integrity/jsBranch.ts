import ts from 'typescript'
import { nameOf } from './names.ts'
import { declarationOf } from './scopes.ts'
import { nodesOf } from './syntax.ts'

/** Calls that lay an answer beside an input. */
export const PAIRS = /\.(?:set|replace|replaceAll|put|add|push)$/

/** What happens when a comparison holds; for `!==`, what follows. Nothing where nothing depends on it. */
export function guardedBy(node: ts.Node): ts.Node[] {
  if (ts.isCaseClause(node)) return [node]
  if (ts.isPropertyAssignment(node)) return [node.initializer]
  if (ts.isArrayLiteralExpression(node)) return node.elements[1] ? [node.elements[1]] : []
  // What is laid beside an input: `table[input] = answer`, `table.set(input, answer)`.
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return [node.right]
  const beside = ts.isCallExpression(node) && PAIRS.test(nameOf(node.expression)) ? node.arguments.slice(1) : []
  const also: ts.Node[] = []
  let at = node
  while (
    at.parent &&
    (ts.isParenthesizedExpression(at.parent) || ts.isPrefixUnaryExpression(at.parent) || isLogical(at.parent))
  ) {
    // `x === input && answer`.
    if (ts.isBinaryExpression(at.parent) && at.parent.left === at) also.push(at.parent.right)
    at = at.parent
  }
  return [...branchOf(at, node), ...also, ...beside]
}

function branchOf(at: ts.Node, node: ts.Node): ts.Node[] {
  const up = at.parent
  if (ts.isIfStatement(up)) return [/!==?/.test(node.getText()) ? up.parent : up.thenStatement]
  if (ts.isConditionalExpression(up)) return [up]
  if (ts.isCaseClause(up) && up.expression === at) return [up]
  if (ts.isVariableDeclaration(up) && ts.isIdentifier(up.name)) return branchesOn(up)
  return ts.isReturnStatement(up) || ts.isArrowFunction(up) ? [at] : []
}

/** What depends on a variable that holds the comparison: `const special = …` and, later, `if (special) …`. */
const branchesOn = (declaration: ts.VariableDeclaration): ts.Node[] =>
  nodesOf(declaration.getSourceFile()).flatMap((node): ts.Node[] => {
    if (!ts.isIdentifier(node) || node === declaration.name || declarationOf(node) !== declaration) return []
    const { parent } = node
    if (ts.isIfStatement(parent) && parent.expression === node) return [parent.thenStatement]
    return ts.isConditionalExpression(parent) && parent.condition === node ? [parent] : []
  })

const isLogical = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText())
