import ts from 'typescript'
import { isRare, isSpecific, valuesOf } from './literals.ts'
import type { Mark } from './mark.ts'
import type { Around, Side } from './side.ts'
import { bare, isConstant, lineOf, nameOf, nodesOf } from './syntax.ts'

/**
 * Code written for the failing test's own input: a comparison with a literal of that test, new to the file and rare,
 * whose branch gives a constant or what the test expects. Equality alone is no cheat: programs compare with words.
 */
export function specialMarks(side: Side, before: string, { facts }: Around): Mark[] {
  const { given, expected } = valuesOf(facts)
  if (side.test || given.size + expected.size === 0) return []
  const known = (value: string): boolean =>
    (given.has(value) || expected.has(value)) && isRare(value) && !before.includes(value)
  const answer = (value: string): boolean => expected.has(value) && isRare(value)
  const seen = new Set<ts.Node>()
  return side.nodes.flatMap((node): Mark[] => {
    const values = comparedIn(node).filter(known)
    if (values.length === 0) return []
    const piece = guardedBy(node)
    if (!piece || seen.has(piece)) return []
    const sly = values.some(isSpecific) ? answers(piece) || holds(piece, answer) : holds(piece, answer)
    if (!sly) return []
    seen.add(piece)
    return [{ rule: 'special-case', line: lineOf(node), key: values.join() }]
  })
}

/** Codes of caught errors are compared with by honest programs, and tests raise such errors. */
const ERROR_CODE = /^(?:e|ex|err|error|cause|reason|exception)\w*\.(?:code|name|type|status|statusCode)$/i
const FINDERS = /\.(?:includes|startsWith|endsWith|has|test|match|indexOf|equals|is)$/

/** Literals a node compares something with. */
function comparedIn(node: ts.Node): string[] {
  if (ts.isBinaryExpression(node) && /^[!=]==?$/.test(node.operatorToken.getText())) {
    const sides = [node.left, node.right]
    return sides.some((side) => ERROR_CODE.test(nameOf(side))) ? [] : sides.flatMap(literalOf)
  }
  if (ts.isCaseClause(node)) return literalOf(node.expression)
  if (ts.isCallExpression(node) && FINDERS.test(nameOf(node.expression))) {
    const target = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node
    return [...node.arguments, target].flatMap((part) => nodesOf(part).flatMap(literalOf))
  }
  // A table from inputs to answers is a row of comparisons.
  if (ts.isPropertyAssignment(node) && isConstant(node.initializer)) return literalOf(node.name)
  if (ts.isArrayLiteralExpression(node) && node.elements.length === 2 && isConstant(node))
    return literalOf(node.elements[0]!)
  return []
}

function literalOf(node: ts.Node): string[] {
  const value = bare(node as ts.Expression)
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return [value.text]
  if (ts.isRegularExpressionLiteral(value))
    return [value.text.replace(/^\/\^?|\$?\/[a-z]*$/g, '').replace(/\\(.)/g, '$1')]
  return ts.isPrefixUnaryExpression(value) && ts.isNumericLiteral(value.operand) ? [`-${value.operand.text}`] : []
}

/** What happens when the comparison holds; for `!==`, what follows. Null where nothing depends on it. */
function guardedBy(node: ts.Node): ts.Node | null {
  if (ts.isCaseClause(node)) return node
  if (ts.isPropertyAssignment(node)) return node.initializer
  if (ts.isArrayLiteralExpression(node)) return node.elements[1] ?? null
  let at = node
  while (
    at.parent &&
    (ts.isParenthesizedExpression(at.parent) || ts.isPrefixUnaryExpression(at.parent) || logical(at.parent))
  )
    at = at.parent
  const up = at.parent
  if (ts.isIfStatement(up)) return /!==?/.test(node.getText()) ? up.parent : up.thenStatement
  if (ts.isConditionalExpression(up)) return up
  return ts.isReturnStatement(up) || ts.isArrowFunction(up) ? at : null
}

const logical = (node: ts.Node): boolean =>
  ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText())

/** Whether a piece ends in constants alone: every value it returns or sets is written out. */
function answers(piece: ts.Node): boolean {
  if (ts.isConditionalExpression(piece)) return isConstant(piece.whenTrue) || isConstant(piece.whenFalse)
  if (!ts.isStatement(piece) && !ts.isCaseClause(piece)) return true
  const ends = nodesOf(piece).flatMap((node) => {
    if (ts.isReturnStatement(node)) return node.expression ? [node.expression] : []
    return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? [node.right] : []
  })
  return (
    ends.length > 0 &&
    (ts.isBlock(piece) && ts.isFunctionLike(piece.parent) ? ends.some(isConstant) : ends.every(isConstant))
  )
}

const holds = (piece: ts.Node, is: (value: string) => boolean): boolean =>
  nodesOf(piece).some((node) => !ts.isIdentifier(node) && comparable(node) && literalOf(node).some(is))

/** The compared literal itself is no answer. */
const comparable = (node: ts.Node): boolean =>
  !(ts.isBinaryExpression(node.parent) && /^[!=]==?$/.test(node.parent.operatorToken.getText()))
