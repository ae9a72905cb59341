import ts from 'typescript'
import type { Nullish } from './crash.ts'
import type { Source } from './source.ts'
import { plain, uncast, walk } from './syntax.ts'

/** The expression that threw, and the object in it that was nullish. */
export interface Access {
  node: ts.Node
  object: ts.Expression
  /** What was read from it, for sentences and to tell strings from things; null for a call. */
  property: string | null
}

export interface Where {
  /** 1-based. */
  line: number
  /** 1-based, as V8 counts; null when the event had none. */
  column: number | null
}

/** Finds the one access the crash can mean; two different objects on one line without a column are ambiguous. */
export function findAccess(source: Source, where: Where, nullish: Nullish): Access | { why: string } {
  const found: { access: Access; at: number }[] = []
  let nested = false
  walk(source.file, (node) => {
    const access = accessOf(node, nullish)
    const at = source.file.getLineAndCharacterOfPosition(positionOf(node))
    if (at.line !== where.line - 1) return
    if (access) found.push({ access, at: at.character + 1 })
    if (nullish.kind === 'read' && isNested(node, nullish.property)) nested = true
  })
  if (nested) return { why: `line ${where.line} takes ${PROPERTY(nullish)} out of a pattern in a pattern` }
  const what =
    nullish.kind === 'read' ? `.${nullish.property}` : nullish.kind === 'call' ? `${nullish.name}()` : nullish.of
  if (found.length === 0) return { why: `line ${where.line} has no ${what} that can fail this way` }
  const { column } = where
  if (column !== null) found.sort((a, b) => Math.abs(a.at - column) - Math.abs(b.at - column))
  const first = found[0]!
  const rivals = found.filter(
    (other) =>
      other.access.object.getText() !== first.access.object.getText() &&
      (column === null || Math.abs(other.at - column) === Math.abs(first.at - column)),
  )
  if (rivals.length > 0) return { why: `line ${where.line} reads ${what} of more than one thing` }
  return first.access
}

const PROPERTY = (nullish: Nullish): string => (nullish.kind === 'read' ? nullish.property : '')

/** `{ owner: { id } }`: what has no `id` there has no name, so nothing can be asked of it. */
function isNested(node: ts.Node, property: string): boolean {
  if (!ts.isBindingElement(node) || !ts.isBindingElement(node.parent.parent)) return false
  return (node.propertyName ?? node.name).getText() === property
}

function accessOf(node: ts.Node, nullish: Nullish): Access | null {
  if (nullish.kind === 'read') return readOf(node, nullish.property)
  if (nullish.kind === 'call') {
    if (!ts.isCallExpression(node) || node.questionDotToken) return null
    const callee = uncast(node.expression)
    if (!ts.isIdentifier(callee) && !ts.isElementAccessExpression(callee)) return null
    return plain(callee) === nullish.name ? { node, object: callee, property: null } : null
  }
  if (ts.isBinaryExpression(node)) return assignedOf(node)
  if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isObjectBindingPattern(node.name)) return null
  const first = node.name.elements[0]
  const property = first ? (first.propertyName ?? first.name).getText() : null
  return { node, object: node.initializer, property }
}

/** `({ id } = row)` */
function assignedOf(node: ts.BinaryExpression): Access | null {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isObjectLiteralExpression(node.left)) return null
  const property = node.left.properties[0]?.name?.getText() ?? null
  return { node, object: node.right, property }
}

function readOf(node: ts.Node, property: string): Access | null {
  if (ts.isPropertyAccessExpression(node) && !node.questionDotToken) {
    return node.name.text === property ? { node, object: node.expression, property } : null
  }
  if (ts.isElementAccessExpression(node) && !node.questionDotToken) {
    const key = node.argumentExpression
    const fits = ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text === property : true
    return fits ? { node, object: node.expression, property } : null
  }
  return null
}

/** Where V8 reports it: at the name, at the bracket, at the first key taken out. */
function positionOf(node: ts.Node): number {
  if (ts.isPropertyAccessExpression(node)) return node.name.getStart()
  if (ts.isElementAccessExpression(node)) return node.expression.end
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    return node.name.elements[0]?.getStart() ?? node.name.getStart()
  }
  return node.getStart()
}
