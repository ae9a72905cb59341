import ts from 'typescript'

/**
 * Reading JavaScript and TypeScript as a tree. Of the compiler only the scanner and the parser are used
 * (`ts.createSourceFile`): text in, tree out, no files, no types. That is as pure as the `diff` package policy already
 * uses, and rooms are held apart by their arrows, not by packages: so it stays in policy.
 */

const KINDS: [RegExp, ts.ScriptKind][] = [
  [/\.[cm]?ts$/, ts.ScriptKind.TS],
  [/\.tsx$/, ts.ScriptKind.TSX],
  [/\.[cm]?jsx?$/, ts.ScriptKind.JSX],
  [/\.(?:vue|svelte)$/, ts.ScriptKind.TS],
]

export const isScript = (path: string): boolean => KINDS.some(([pattern]) => pattern.test(path))

/** The tree of a text, or null when it nests deeper than anything is written by hand. */
export function treeOf(path: string, text: string): ts.SourceFile | null {
  const kind = KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? ts.ScriptKind.TS
  const code = /\.(?:vue|svelte)$/.test(path) ? scriptsOf(text) : text
  try {
    const tree = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, kind)
    return deeper(tree, DEEPEST) ? null : tree
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/**
 * Nodes below each other: a chain of 250 calls is the deepest that was ever written by hand, and two levels a link. Text
 * is read once a level, so this also bounds what reading costs.
 */
const DEEPEST = 500

function deeper(root: ts.Node, most: number): boolean {
  const open: [ts.Node, number][] = [[root, 0]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next
    if (depth > most) return true
    ts.forEachChild(node, (child) => void open.push([child, depth + 1]))
  }
  return false
}

/** Single-file components: everything but the scripts becomes white space, line by line as long as before. */
function scriptsOf(text: string): string {
  const blank = (piece: string): string => piece.replace(/[^\n]/g, ' ')
  let out = ''
  let from = 0
  for (const match of text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/gi)) {
    const start = match.index + match[0].indexOf('>') + 1
    const end = start + (match[1] ?? '').length
    out += blank(text.slice(from, start)) + text.slice(start, end)
    from = end
  }
  return out + blank(text.slice(from))
}

/** The parser's own complaints; the property exists on every tree and is left out of the published types. */
export const broken = (tree: ts.SourceFile): boolean =>
  ((tree as { parseDiagnostics?: unknown[] }).parseDiagnostics ?? []).length > 0

/** Every node below `root`, itself first; no recursion, so depth cannot break it. */
export function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = []
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    nodes.push(node)
    const children: ts.Node[] = []
    ts.forEachChild(node, (child) => void children.push(child))
    open.push(...children.reverse())
  }
  return nodes
}

export const lineOf = (node: ts.Node): number =>
  node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1

/** A node's text without white space and optional chaining: what it is, however it is laid out. */
export const keyOf = (node: ts.Node): string => node.getText().replace(/\s+/g, '').replaceAll('?.', '.')

/** `(0, eval)`: what a comma gives is its last value. */
const isComma = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken

/** An expression without parentheses, assertions of types and `!`. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner) ||
    isComma(inner)
  )
    inner = ts.isBinaryExpression(inner) ? inner.right : inner.expression
  return inner
}

export const isAssignment = (node: ts.BinaryExpression): boolean =>
  node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment

/** Whether a value is written out: no name, no call. */
export function isConstant(node: ts.Expression): boolean {
  const value = bare(node)
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value) || ts.isBigIntLiteral(value)) return true
  if (ts.isPrefixUnaryExpression(value)) return isConstant(value.operand)
  if (ts.isVoidExpression(value)) return isConstant(value.expression)
  if (ts.isIdentifier(value)) return value.text === 'undefined'
  if (ts.isArrayLiteralExpression(value)) return value.elements.every(isConstant)
  if (ts.isObjectLiteralExpression(value))
    return value.properties.every((property) => ts.isPropertyAssignment(property) && isConstant(property.initializer))
  const { TrueKeyword, FalseKeyword, NullKeyword } = ts.SyntaxKind
  return value.kind === TrueKeyword || value.kind === FalseKeyword || value.kind === NullKeyword
}

/** The text or number a value is, put together of what is written out: `'te' + 'st'`; null where it is none. */
export function foldedOf(node: ts.Node, depth = 0): string | null {
  const value = bare(node as ts.Expression)
  if (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) return value.text
  if (ts.isPrefixUnaryExpression(value) && ts.isNumericLiteral(value.operand)) return `-${value.operand.text}`
  if (depth > MOST_PARTS) return null
  if (ts.isTemplateExpression(value)) {
    const parts = value.templateSpans.map((span) => [foldedOf(span.expression, depth + 1), span.literal.text])
    return parts.some(([part]) => part === null) ? null : value.head.text + parts.flat().join('')
  }
  if (!ts.isBinaryExpression(value) || value.operatorToken.kind !== ts.SyntaxKind.PlusToken) return null
  const [left, right] = [foldedOf(value.left, depth + 1), foldedOf(value.right, depth + 1)]
  if (left === null || right === null) return null
  return isNumber(value.left) && isNumber(value.right) ? String(Number(left) + Number(right)) : left + right
}

const MOST_PARTS = 20
const isNumber = (node: ts.Node): boolean => ts.isNumericLiteral(bare(node as ts.Expression))

/** The name of the function a node stands in; '' at the top, and in one that has none. */
export function functionAround(node: ts.Node): string {
  for (let at = node.parent; at; at = at.parent) {
    if (!ts.isFunctionLike(at)) continue
    const { parent } = at
    const name = at.name ?? (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : null)
    if (name) return name.getText()
  }
  return ''
}
