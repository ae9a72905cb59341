import ts from 'typescript'
import { valuesOf } from './literals.ts'
import type { Comparer, Side } from './side.ts'
import { keyOf, lineOf, nodesOf } from './syntax.ts'

/** An error that becomes an answer to the caller is more than another name for it. */
const ANSWERS = /\b4\d\d\b|BadRequest|NotFound|Valid|Http|Unprocessable|Conflict|Unauthori|Forbidden|Client|UserError/

/**
 * A patch whose whole effect is another name, text or wrapping of what is thrown, or another name for the function it
 * is thrown in: the fingerprint goes and the failure stays. A new text that the failing test asks for is a repair.
 */
export const renameChanges: Comparer = (before, after, { facts }) => {
  if (before.test || signature(before, false) === signature(after, false)) return []
  if (signature(before, true) !== signature(after, true)) return []
  const { expected, given } = valuesOf(facts)
  const asked = textsOf(after).some(
    (text) =>
      !before.text.includes(text) && [...expected, ...given].some((value) => value !== '' && text.includes(value)),
  )
  if (asked) return []
  const thrown = after.nodes.find((node) => ts.isThrowStatement(node) && !before.text.includes(node.getText()))
  return [
    { line: thrown ? lineOf(thrown) : 0, rule: 'renamed-error', why: 'It only gives the error another name or text.' },
  ]
}

const textsOf = (side: Side): string[] =>
  side.nodes.flatMap((node) =>
    ts.isThrowStatement(node)
      ? nodesOf(node).flatMap((inner) => (ts.isStringLiteralLike(inner) || ts.isIdentifier(inner) ? [inner.text] : []))
      : [],
  )

/** A tree as one line, without its layout. @param loosely without what is thrown, wrapped and called locally. */
function signature(side: Side, loosely: boolean): string {
  const names = loosely ? localNames(side) : new Map<string, string>()
  const parts: string[] = []
  const open: ts.Node[] = [side.tree]
  for (let node = open.pop(); node; node = open.pop()) {
    if (loosely && ts.isThrowStatement(node) && !ANSWERS.test(node.getText())) {
      parts.push('throw')
      continue
    }
    const inner = loosely ? unwrapped(node) : null
    if (inner) {
      open.push(...[...inner.statements].reverse())
      continue
    }
    const children: ts.Node[] = []
    ts.forEachChild(node, (child) => void children.push(child))
    const operator = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node) ? node.operator : ''
    const text = children.length === 0 ? node.getText() : ''
    parts.push(
      `${node.kind}${operator}${ts.isVariableDeclarationList(node) ? node.flags : ''}${names.get(text) ?? text}`,
    )
    open.push(...children.reverse())
  }
  return parts.join(' ')
}

/** The block of a `try` that only throws on what it caught, under another name. */
function unwrapped(node: ts.Node): ts.Block | null {
  if (!ts.isTryStatement(node) || node.finallyBlock || !node.catchClause) return null
  const [only, ...others] = node.catchClause.block.statements
  const wraps = only && others.length === 0 && ts.isThrowStatement(only) && !ANSWERS.test(keyOf(only))
  return wraps ? node.tryBlock : null
}

/** Functions and classes nobody outside can name, by the order they are declared in. */
function localNames(side: Side): Map<string, string> {
  const names = new Map<string, string>()
  for (const node of side.nodes) {
    const local = (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && !ts.getModifiers(node)?.length
    if (local && node.name) names.set(node.name.text, `local${names.size}`)
  }
  return names
}
