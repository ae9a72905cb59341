import ts from 'typescript'
import { lineOf } from './source.ts'
import { leaves, walk } from './syntax.ts'

/** Method names that send an answer. */
const SENDS = /^(?:end|send|json|redirect|render|sendStatus|sendFile|jsonp|text|html|raw)$/
const ANSWER = /^(?:res|response|reply)$/
const MEANT = /\b(?:background|fire[ -]?and[ -]?forget|(?:not|n't|without) (?:a)?wait(?:ing)?|no await|floating)\b/i

/** Why a call that nobody waits for is meant to run on its own; null when nothing says so. */
export function meantToRunOn(statement: ts.Statement, fn: ts.FunctionLikeDeclaration): string | null {
  const file = statement.getSourceFile()
  const comments = ts.getLeadingCommentRanges(file.text, statement.pos) ?? []
  const trailing = ts.getTrailingCommentRanges(file.text, statement.end) ?? []
  const said = [...comments, ...trailing].some(({ pos, end }) => MEANT.test(file.text.slice(pos, end)))
  if (said) return 'a comment says that it runs in the background'
  const answer = answeredBefore(statement, fn)
  return answer ? `it runs behind the answer that line ${lineOf(file, answer.getStart())} sends` : null
}

/** A call in front of the statement that has answered when it is reached. */
function answeredBefore(statement: ts.Statement, fn: ts.FunctionLikeDeclaration): ts.CallExpression | null {
  let found: ts.CallExpression | null = null
  walk(
    fn,
    (node) => {
      if (found || !ts.isCallExpression(node) || node.end > statement.getStart() || !answers(node)) return
      if (!leftBefore(node, statement)) found = node
    },
    'own',
  )
  return found
}

/** `res.end()`, `reply.code(200).send()`, `json(res, 200, …)`. */
function answers(call: ts.CallExpression): boolean {
  if (call.arguments.some((argument) => ts.isIdentifier(argument) && ANSWER.test(argument.text))) return true
  if (!ts.isPropertyAccessExpression(call.expression) || !SENDS.test(call.expression.name.text)) return false
  let at: ts.Expression = call.expression.expression
  while (ts.isCallExpression(at) || ts.isPropertyAccessExpression(at)) at = at.expression
  return ts.isIdentifier(at) && ANSWER.test(at.text)
}

/** Whoever answered has left the function before the statement. */
function leftBefore(call: ts.Node, statement: ts.Node): boolean {
  for (let at = call; at.parent && !holds(at.parent, statement); at = at.parent) {
    if (ts.isStatement(at) && leaves(at)) return true
    if (ts.isBlock(at.parent) && leaves(at.parent)) return true
  }
  return false
}

const holds = (outer: ts.Node, inner: ts.Node): boolean =>
  outer.getStart() <= inner.getStart() && inner.end <= outer.end
