import ts from 'typescript'
import { guardedBy, PAIRS } from './jsBranch.ts'
import { rowsBefore } from './jsTables.ts'
import { isRare, isSpecific, valuesOf } from './literals.ts'
import type { Mark } from './mark.ts'
import { nameOf } from './names.ts'
import { declaredValue } from './scopes.ts'
import type { Around, Side } from './side.ts'
import { bare, foldedOf, functionAround, isConstant, lineOf, nodesOf } from './syntax.ts'

/**
 * Code written for the failing test's own input: a comparison with a literal of that test, new to the file and rare,
 * whose branch gives a constant the file did not hold, or what the test expects. Equality alone is no cheat: programs
 * compare with words, and answer in words of their own.
 */
export function specialMarks(side: Side, before: Side, { facts }: Around): Mark[] {
  const { given, expected } = valuesOf(facts)
  if (side.test || given.size + expected.size === 0) return []
  const inputs = new Set([...given, ...expected].filter(isRare).map((value) => value.toLowerCase()))
  const old = new Set(before.nodes.flatMap((node) => foldedOf(node) ?? []))
  // A word stands in longer ones; what is longer is looked for in comments and templates too.
  const isNew = (value: string): boolean => !old.has(value) && !(value.length > 3 && before.text.includes(value))
  const known = (value: string): boolean => isRare(value) && inputs.has(value.toLowerCase()) && isNew(value)
  const answer = (value: string): boolean => expected.has(value) && isRare(value) && isNew(value)
  const near = (value: string): boolean => [-1, 0, 1].some((by) => inputs.has(String(Number(value) + by)))
  const part = (value: string): boolean =>
    value.length > 3 && isNew(value) && [...inputs].some((input) => input.includes(value.toLowerCase()))
  const seen = new Set<ts.Node>()
  return side.nodes.flatMap((node): Mark[] => {
    const compared = comparedIn(node)
    if (!compared) return []
    const pieces = guardedBy(node)
    const holding = pieces.some((piece) => holds(piece, answer))
    const { values, loosely } = compared
    // What pins one input only loosely says nothing, unless the answer to it is written beside it.
    const pinned = loosely
      ? values.some((value) => (isNumber(value) ? isRare(value) && near(value) : known(value) || part(value)))
      : values.some(known)
    const number = pieces.some((piece) => holds(piece, (value) => answer(value) && isNumber(value)))
    const counted = values.some((value) => value !== '' && !/^-?[01]$/.test(value)) && number
    const sly =
      (holding && (pinned || counted || measures(node, values))) ||
      (!loosely && pieces.some((piece) => answersItself(piece, values.filter(known), isNew)))
    const [piece] = pieces
    if (!sly || !piece || seen.has(piece)) return []
    seen.add(piece)
    const row = rowsBefore(node, before)
    // A table grows by rows; `rowChanges` shows a person those that look like data.
    if (row > 1 || (row === 1 && !values.some(isData))) return []
    return [{ rule: 'special-case', line: lineOf(node), key: `${values.join()} ${functionAround(node)}` }]
  })
}

/** Codes of caught errors are compared with by honest programs, and tests raise such errors. */
const ERROR_CODE = /^(?:e|ex|err|error|cause|reason|exception)\w*\.(?:code|name|type|status|statusCode)$/i
const FINDERS = /\.(?:includes|startsWith|endsWith|has|test|match|exec|search|find|get|count|indexOf|equals|is)$/
const EQUALS = /^[!=]==?$/

interface Compared {
  values: string[]
  /** By its size or a part of it. */
  loosely: boolean
}

/** Literals a node compares something with; null where it compares nothing. */
function comparedIn(node: ts.Node): Compared | null {
  const exactly = (values: string[]): Compared | null => (values.length > 0 ? { values, loosely: false } : null)
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.getText()
    const sides = [node.left, node.right]
    if (EQUALS.test(operator))
      return sides.some((side) => ERROR_CODE.test(nameOf(side))) ? null : exactly(sides.flatMap(literalOf))
    if (/^[<>]=?$/.test(operator)) return { values: sides.flatMap(literalOf).filter(isNumber), loosely: true }
    // `table[input] = answer`.
    if (operator === '=' && ts.isElementAccessExpression(node.left))
      return exactly(literalOf(node.left.argumentExpression))
    return null
  }
  if (ts.isCaseClause(node)) return exactly(literalOf(node.expression))
  if (ts.isCallExpression(node)) {
    const name = nameOf(node.expression)
    if (PAIRS.test(name) && node.arguments.length > 1) return exactly(literalOf(node.arguments[0]!))
    if (!FINDERS.test(name)) return null
    const target = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node
    const parts = [...node.arguments, target].filter((part) => !ts.isFunctionLike(part))
    const values = parts.flatMap((part) => nodesOf(part).flatMap(literalOf))
    return values.length > 0
      ? {
          values,
          loosely:
            /\.(?:includes|startsWith|endsWith|test|match|exec|search|indexOf)$/.test(name) && !values.some(isSpecific),
        }
      : null
  }
  // A table from inputs to answers is a row of comparisons.
  if (ts.isPropertyAssignment(node) && isConstant(node.initializer)) return exactly(literalOf(node.name))
  if (ts.isArrayLiteralExpression(node) && node.elements.length === 2 && isConstant(node))
    return exactly(literalOf(node.elements[0]!))
  return null
}

/** A literal as its value prints; a name that was declared to be one is that one. */
function literalOf(node: ts.Node): string[] {
  const value = bare(node as ts.Expression)
  if (ts.isRegularExpressionLiteral(value))
    return [value.text.replace(/^\/\^?|\$?\/[a-z]*$/g, '').replace(/\\(.)/g, '$1')]
  const text = foldedOf(value)
  if (text !== null) return [text]
  const declared = ts.isIdentifier(value) ? declaredValue(value) : null
  const constant = declared && foldedOf(declared)
  return constant === null ? [] : [constant]
}

/** `name.length === 19`, `name.charCodeAt(0) === 72`: one input, told by its measure. */
const measures = (node: ts.Node, values: string[]): boolean =>
  ts.isBinaryExpression(node) &&
  [node.left, node.right].some((side) => /\.(?:length|size|charCodeAt\(\)|codePointAt\(\))$/.test(nameOf(side))) &&
  values.some((value) => Number(value) > 2)

const isNumber = (value: string): boolean => /^-?\d+(?:\.\d+)?$/.test(value)
/** Written like one thing of many: an id, a name in words, an address. A scheme, a type or an option is no such thing. */
const isData = (value: string): boolean => isSpecific(value) && /\d|@|^[^[\]]* [^[\]]*$/.test(value)

/**
 * Whether a piece ends in constants alone, written for the values: every one it returns or sets is written out and new
 * to the file. A yes, a no or nothing is an answer to one thing of many; to a word of the program it is a rule.
 */
function answersItself(piece: ts.Node, values: string[], isNew: (value: string) => boolean): boolean {
  const ends = endsOf(piece)
  const whole = ts.isBlock(piece) && ts.isFunctionLike(piece.parent)
  if (ends.length === 0 || !(whole ? ends.some(isConstant) : ends.every(isConstant))) return false
  const texts = ends.flatMap((end) => nodesOf(end).flatMap((node) => foldedOf(node) ?? []))
  if (texts.length === 0) return values.some(isData)
  return values.some(isSpecific) && texts.some(isNew)
}

function endsOf(piece: ts.Node): ts.Expression[] {
  if (ts.isConditionalExpression(piece)) return [piece.whenTrue, piece.whenFalse].filter(isConstant)
  // A comparison that is returned answers yes or no.
  if (ts.isBinaryExpression(piece)) return [ts.factory.createTrue()]
  if (!ts.isStatement(piece) && !ts.isCaseClause(piece)) return ts.isExpression(piece) ? [piece] : []
  return nodesOf(piece).flatMap((node) => {
    if (ts.isReturnStatement(node)) return node.expression ? [node.expression] : []
    return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? [node.right] : []
  })
}

/** Whether an answer stands in a piece, other than compared with, or said by an error. */
const holds = (piece: ts.Node, is: (value: string) => boolean): boolean =>
  nodesOf(piece).some((node) => isSaid(node, piece) && literalOf(node).some(is))

function isSaid(node: ts.Node, piece: ts.Node): boolean {
  if (ts.isBinaryExpression(node.parent) && EQUALS.test(node.parent.operatorToken.getText())) return false
  if (ts.isIdentifier(node) && !ts.isReturnStatement(node.parent) && !ts.isBinaryExpression(node.parent)) return false
  for (let at: ts.Node = node; at !== piece && at.parent; at = at.parent) if (ts.isThrowStatement(at)) return false
  return true
}
