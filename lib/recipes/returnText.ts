import ts from 'typescript'
import { respondsBy, rootOfCalls } from './responds.ts'
import { indentAt, type Source } from './source.ts'
import type { Swap } from './swap.ts'
import { bare, leaves, walk } from './syntax.ts'
import type { Unfinished } from './unfinished.ts'

/** The change that makes a guard leave, and the line of the guard whose manner it follows, if any. */
export interface Leaving {
  swap: Swap
  like: ts.IfStatement | null
}

/** A line about rights stays as it is, so that nobody has to wonder whether a check was weakened. */
const ABOUT_RIGHTS = /\b40[13]\b/

export function leaving(source: Source, guard: Unfinished): Leaving {
  const { text, style } = source
  const { node, answer, last, fn } = guard
  const then = node.thenStatement
  const like = modelFor(source, guard)
  const manner = respondsBy(source, answer.expression)
  const kept = ABOUT_RIGHTS.test(answer.getText()) && ts.isBlock(then) && then.getText().includes('\n')
  const whole = answer === last && !kept && !givesNothing(fn) && manner !== 'assignment'
  if (whole && (manner === 'value' || like?.whole || (!like && returnsWhole(guard)))) {
    const from = answer.getStart()
    return { swap: { from, to: from, text: 'return ' }, like: like?.node ?? null }
  }
  const found = like && !like.whole ? like.node : null
  const indent = indentAt(text, node.getStart())
  if (!ts.isBlock(then)) {
    const from = text.indexOf(')', node.expression.end) + 1
    const inner = indent + style.unit
    const lines = [' {', inner + then.getText(), `${inner}return${style.semicolon}`, `${indent}}`]
    return { swap: { from, to: then.end, text: lines.join(style.eol) }, like: found }
  }
  if (!then.getText().includes('\n')) {
    const before = last.getText().endsWith(';') ? ' ' : '; '
    return { swap: { from: last.end, to: last.end, text: `${before}return${style.semicolon}` }, like: found }
  }
  const rest = /^[ \t]*(?:\/\/[^\n\r]*)?/.exec(text.slice(last.end))?.[0].length ?? 0
  const at = last.end + rest
  return {
    swap: { from: at, to: at, text: `${style.eol}${indentAt(text, last.getStart())}return${style.semicolon}` },
    like: found,
  }
}

/** The nearest finished guard that answers the same way: it returns the call itself, or calls and then returns. */
function modelFor(source: Source, guard: Unfinished): { node: ts.IfStatement; whole: boolean } | null {
  const root = rootText(guard.answer.expression)
  const found: { node: ts.IfStatement; whole: boolean }[] = []
  walk(source.file, (node) => {
    if (!ts.isIfStatement(node) || node.elseStatement || !leaves(node.thenStatement)) return
    const statements = ts.isBlock(node.thenStatement) ? [...node.thenStatement.statements] : [node.thenStatement]
    const last = statements.at(-1)
    if (!last || !ts.isReturnStatement(last)) return
    const whole = last.expression !== undefined
    const said = statements.at(-2)
    const answer = last.expression ?? (said && ts.isExpressionStatement(said) ? said.expression : undefined)
    if (answer && rootText(answer) === root) found.push({ node, whole })
  })
  const distance = (node: ts.Node): number => Math.abs(node.getStart() - guard.node.getStart())
  return found.sort((a, b) => distance(a.node) - distance(b.node))[0] ?? null
}

const rootText = (expression: ts.Expression): string => {
  const at = bare(expression)
  return rootOfCalls(ts.isBinaryExpression(at) ? at.left : at).getText()
}

/** The function returns its other answers. */
function returnsWhole(guard: Unfinished): boolean {
  const root = rootText(guard.answer.expression)
  let found = false
  walk(
    guard.fn,
    (node) => {
      if (ts.isReturnStatement(node) && node.expression && rootText(node.expression) === root) found = true
    },
    'own',
  )
  return found
}

const givesNothing = (fn: ts.FunctionLikeDeclaration): boolean =>
  fn.type !== undefined && /^(?:Promise<\s*)?(?:void|undefined)\b/.test(fn.type.getText())
