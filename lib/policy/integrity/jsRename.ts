import ts from 'typescript'
import { type TestFacts, valuesOf } from './literals.ts'
import { declarationOf } from './scopes.ts'
import type { Comparer, Side } from './side.ts'
import { bare, keyOf, lineOf, nodesOf } from './syntax.ts'

/** An error that becomes an answer to the caller is more than another name for it. */
const ANSWERS =
  /\b[45]\d\d\b|BadRequest|NotFound|Valid|Http|Unprocessable|Conflict|Unauthori|Forbidden|Client|UserError/

/**
 * A patch whose whole effect is another name, text or wrapping of what is thrown, or another name for the function it
 * is thrown in: the fingerprint goes and the failure stays. A new text that the failing test asks for is a repair.
 */
export const renameChanges: Comparer = (before, after, { facts }) => {
  if (before.test || signature(before, false) === signature(after, false)) return []
  const [old, now] = [localNames(before), localNames(after)]
  // Names both have are no new names: two of them in each other's place is a change.
  for (const name of old.keys()) if (now.delete(name)) old.delete(name)
  if (signature(before, true, old) !== signature(after, true, now)) return []
  if (wasNoError(before) || isAsked(before, after, facts)) return []
  const thrown = after.nodes.find((node) => ts.isThrowStatement(node) && !before.text.includes(node.getText()))
  return [
    { line: thrown ? lineOf(thrown) : 0, rule: 'renamed-error', why: 'It only gives the error another name or text.' },
  ]
}

/** A name that is none, or a text by itself: what was thrown before was not what was meant. */
const wasNoError = (side: Side): boolean =>
  side.nodes.some((node) => {
    if (!ts.isThrowStatement(node)) return false
    const thrown = bare(node.expression)
    if (ts.isStringLiteralLike(thrown) || ts.isTemplateExpression(thrown)) return true
    const root = ts.isNewExpression(thrown) || ts.isCallExpression(thrown) ? thrown.expression : thrown
    return ts.isIdentifier(root) && declarationOf(root) === null && !BUILT_IN.test(root.text)
  })

const BUILT_IN =
  /^(?:Aggregate|Eval|Range|Reference|Suppressed|Syntax|Type|URI)?Error$|^(?:DOMException|Promise|Object)$/

/** Whether what is thrown now is what the failing test asks for: by its text, its name, or the rest of its text. */
function isAsked(before: Side, after: Side, facts: TestFacts): boolean {
  const { expected, given } = valuesOf(facts)
  const values = [...expected, ...given].filter((value) => value !== '')
  const fresh = textsOf(after).filter((text) => !before.text.includes(text))
  if (fresh.some((text) => values.some((value) => text.includes(value)))) return true
  if (fresh.some((text) => /Error$/.test(text) && values.some((value) => value.split(/\W/).includes(text)))) return true
  const patterns = after.nodes.flatMap((node) =>
    ts.isTemplateExpression(node) && !before.text.includes(node.getText()) ? [templatePieces(node)] : [],
  )
  return patterns.some((pieces) => facts.expected.some((value) => inOrder(pieces, value)))
}

const templatePieces = ({ head, templateSpans }: ts.TemplateExpression): string[] =>
  [head.text, ...templateSpans.map(({ literal }) => literal.text)].filter((piece) => piece.trim() !== '')

function inOrder(pieces: string[], text: string): boolean {
  let from = 0
  return (
    pieces.length > 0 &&
    pieces.every((piece) => {
      const at = text.indexOf(piece, from)
      from = at + piece.length
      return at !== -1
    })
  )
}

const textsOf = (side: Side): string[] =>
  side.nodes.flatMap((node) =>
    ts.isThrowStatement(node)
      ? nodesOf(node).flatMap((inner) => (ts.isStringLiteralLike(inner) || ts.isIdentifier(inner) ? [inner.text] : []))
      : [],
  )

/** A tree as one line, without its layout. @param loosely without what is thrown, wrapped and called locally. */
function signature(side: Side, loosely: boolean, names = new Map<string, string>()): string {
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
  let count = 0
  for (const node of side.nodes) {
    const local = (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && !ts.getModifiers(node)?.length
    if (local && node.name) names.set(node.name.text, `local${count++}`)
  }
  return names
}
