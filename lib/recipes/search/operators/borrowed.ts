import ts from 'typescript'
import { meaningAt } from '../../bindings.ts'
import { indentAt, type Source } from '../../source.ts'
import { functionOf, siblings, walk } from '../../syntax.ts'
import { type Change, insert, type Operator } from '../operator.ts'

/** Longer statements are not repeated by habit. */
const LONGEST = 80
const MOST = 6

/** A step that other functions of the file take and this one forgot: their short statements, where all names are known. */
export const borrowed: Operator = {
  name: 'step',
  prior: 0.16,
  signs: { order: 1.4, fewer: 1.2, more: 1.2, timeout: 1.3, undefined: 1.1 },
  changes(node, { source }) {
    if (!ts.isStatement(node) || !siblings(node) || ts.isFunctionDeclaration(node)) return []
    const fn = functionOf(node)
    if (!fn) return []
    const indent = indentAt(source.text, node.getStart())
    const { eol } = source.style
    return stepsFor(source, node, fn).map(
      (text, at): Change => ({
        swaps: [insert(node.getStart(), text + eol + indent)],
        summary: `Does ${text} first, as elsewhere in the file`,
        odds: 0.95 ** at,
      }),
    )
  },
}

function stepsFor(source: Source, before: ts.Statement, fn: ts.Node): string[] {
  const found = new Map<string, number>()
  const names = namesIn(before)
  walk(source.file, (node) => {
    if (!ts.isExpressionStatement(node) || functionOf(node) === fn) return
    const text = node.getText()
    if (text.length > LONGEST || text.includes('\n') || fn.getText().includes(text)) return
    if (!isStep(node.expression) || !sameClass(node, fn)) return
    const own = namesIn(node)
    if (![...own].every((name) => isKnown(source, name, node, before))) return
    // What speaks of the same things as the statement it would stand before is nearer.
    found.set(text, [...own].filter((name) => names.has(name)).length)
  })
  return [...found]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([text]) => text)
}

/** Calls and assignments; `console.log` repairs nothing. */
function isStep(node: ts.Expression): boolean {
  if (ts.isCallExpression(node)) return !/^(?:console|super)\b/.test(node.expression.getText())
  return ts.isBinaryExpression(node) || ts.isDeleteExpression(node) || ts.isPostfixUnaryExpression(node)
}

function namesIn(node: ts.Node): Set<string> {
  const found = new Set<string>()
  walk(node, (at) => {
    if (at.kind === ts.SyntaxKind.ThisKeyword) found.add(at.parent.getText())
    if (ts.isIdentifier(at) && !(ts.isPropertyAccessExpression(at.parent) && at.parent.name === at)) found.add(at.text)
  })
  return found
}

/** The same binding, or one that has the same name at the other place. */
function isKnown(source: Source, name: string, from: ts.Node, to: ts.Node): boolean {
  if (name.startsWith('this')) return true
  const there = meaningAt(source, name, to)
  return there === null ? meaningAt(source, name, from) === null : there.pos < to.pos || functionOf(there) === null
}

/** `this` means the same in both places. */
function sameClass(node: ts.Node, fn: ts.Node): boolean {
  if (!/\bthis\b/.test(node.getText())) return true
  const home = (at: ts.Node): ts.Node | undefined => ts.findAncestor(at, ts.isClassLike)
  return home(node) === home(fn)
}
