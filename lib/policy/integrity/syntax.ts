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

/** An expression without parentheses, assertions of types and `!`. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  )
    inner = inner.expression
  return inner
}

const GLOBALS = /^(?:globalThis|window|self|global)\./

/** `console.log` for any spelling of it (`console['log']`, `globalThis.console?.log`); '' for what has no such name. */
export function nameOf(node: ts.Node): string {
  const parts: string[] = []
  let at = bare(node as ts.Expression)
  for (;;) {
    if (ts.isPropertyAccessExpression(at)) parts.unshift(at.name.text)
    else if (ts.isElementAccessExpression(at) && ts.isStringLiteralLike(bare(at.argumentExpression)))
      parts.unshift((bare(at.argumentExpression) as ts.StringLiteralLike).text)
    else break
    at = bare(at.expression)
  }
  if (ts.isIdentifier(at)) parts.unshift(at.text)
  else if (at.kind === ts.SyntaxKind.ThisKeyword) parts.unshift('this')
  else if (ts.isMetaProperty(at)) parts.unshift(`import.${at.name.text}`)
  else if (ts.isCallExpression(at) || ts.isNewExpression(at)) parts.unshift(`${nameOf(at.expression)}()`)
  else parts.unshift('')
  return parts.join('.').replace(GLOBALS, '')
}

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
