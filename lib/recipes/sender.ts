import ts from 'typescript'
import { assignmentsOf, binderOf, declarationOf } from './bindings.ts'
import { incoming, isSent, isSentByName } from './request.ts'
import { calledSender, together } from './senderCall.ts'
import type { Source } from './source.ts'
import { bare, callOf, functionOf, isFunction, walk } from './syntax.ts'

/**
 * Who decided a value: the caller, nobody (a constant), or somebody else, and who. `parameter` is set where only a
 * caller of the function knows.
 */
export type Sender =
  | { by: 'caller' }
  | { by: 'nobody' }
  | { by: 'other'; why: string; parameter?: { fn: ts.FunctionLikeDeclaration; index: number } }

const CALLER: Sender = { by: 'caller' }
const other = (why: string): Sender => ({ by: 'other', why })
const textOf = (node: ts.Node): string => node.getText().replace(/\s+/g, ' ').slice(0, 60)

/** Follows a value through names, conversions and the reading of streams. */
export function senderOf(source: Source, value: ts.Expression, depth = 14): Sender {
  const at = bare(value)
  const follow = (next: ts.Expression): Sender => senderOf(source, next, depth - 1)
  if (depth === 0) return other(`where ${textOf(at)} comes from is too far to follow`)
  if (incoming(source, at) === 'request') return CALLER
  if (ts.isIdentifier(at)) return named(source, at, follow)
  if (ts.isLiteralExpression(at) || at.kind === ts.SyntaxKind.NullKeyword) return { by: 'nobody' }
  if (ts.isTemplateExpression(at)) return together(at.templateSpans.map((span) => follow(span.expression)))
  if (ts.isBinaryExpression(at)) return together([follow(at.left), follow(at.right)])
  if (ts.isConditionalExpression(at)) return together([follow(at.whenTrue), follow(at.whenFalse)])
  if (ts.isArrayLiteralExpression(at)) return together(at.elements.map(follow))
  if (ts.isCallExpression(at) || ts.isNewExpression(at)) return calledSender(source, at, follow)
  if (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) return member(source, at, follow)
  return other(`${textOf(at)} is made on the spot`)
}

type Follow = (next: ts.Expression) => Sender

function member(source: Source, at: ts.PropertyAccessExpression | ts.ElementAccessExpression, follow: Follow): Sender {
  if (/^process\.env\b/.test(at.getText())) return other(`${textOf(at)} is read from the environment`)
  if (bare(at.expression).kind === ts.SyntaxKind.ThisKeyword) return other(`${textOf(at)} is the object's own state`)
  const kind = incoming(source, at.expression)
  if (!kind) return follow(at.expression)
  const key = ts.isPropertyAccessExpression(at) ? at.name.text : textOfKey(at.argumentExpression)
  return isSent(kind, key) ? CALLER : other(`${textOf(at)} is put there by the app`)
}

const textOfKey = (key: ts.Expression): string | null => (ts.isStringLiteralLike(key) ? key.text : null)

function named(source: Source, name: ts.Identifier, follow: Follow): Sender {
  if (name.text === 'undefined') return { by: 'nobody' }
  const declaration = declarationOf(source, name)
  const binder = declaration && binderOf(declaration)
  if (!declaration || !binder) return other(`${name.text} is not a variable or a parameter`)
  if (ts.isCatchClause(binder.parent)) return other(`${name.text} is what was caught`)
  if (ts.isParameter(binder)) return passed(source, declaration, binder, follow)
  if (!functionOf(binder)) return other(`${name.text} belongs to the module, not to a request`)
  const loop = binder.parent.parent
  if (ts.isForOfStatement(loop)) return follow(loop.expression)
  const first = binder.initializer ? taken(source, declaration, binder.initializer, follow) : []
  return together([
    ...first,
    ...assignmentsOf(source, declaration).map(follow),
    ...pushed(source, declaration).map(follow),
  ])
}

/** `const { body } = req` takes one member of the request; of anything else the whole decides. */
function taken(source: Source, declaration: ts.Declaration, value: ts.Expression, follow: Follow): Sender[] {
  const kind = incoming(source, value)
  if (!kind || !ts.isBindingElement(declaration)) return [follow(value)]
  const key = keyOf(declaration)
  return [isSent(kind, key) ? CALLER : other(`${key} is put on the request by the app`)]
}

/** The outermost key a destructured name is taken from. */
function keyOf(declaration: ts.BindingElement): string {
  let at = declaration
  while (ts.isBindingElement(at.parent.parent)) at = at.parent.parent
  return (at.propertyName ?? at.name).getText()
}

function passed(source: Source, declaration: ts.Declaration, binder: ts.ParameterDeclaration, follow: Follow): Sender {
  const fn = binder.parent
  if (!isFunction(fn)) return other(`${textOf(binder)} belongs to a type`)
  const call = callOf(fn)
  if (call && ts.isPropertyAccessExpression(call.expression)) {
    const on = call.expression.expression
    const verb = call.expression.name.text
    if (/^(?:on|once|addListener)$/.test(verb) && incoming(source, on)) return CALLER
    if (/^(?:then|map|forEach|filter|flatMap|find|some|every)$/.test(verb)) return follow(on)
  }
  if (ts.isBindingElement(declaration) && isSentByName(keyOf(declaration))) return CALLER
  const index = fn.parameters.indexOf(binder)
  return {
    by: 'other',
    why: `${declaration.getText().slice(0, 60)} is a parameter, and nothing shows that a caller of the service decides it`,
    ...(binder === declaration ? { parameter: { fn, index } } : {}),
  }
}

/** What is put into a list: `chunks.push(chunk)`. */
function pushed(source: Source, declaration: ts.Declaration): ts.Expression[] {
  const found: ts.Expression[] = []
  walk(source.file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const { expression: list, name } = node.expression
    if (name.text !== 'push' || !ts.isIdentifier(list) || declarationOf(source, list) !== declaration) return
    found.push(...node.arguments)
  })
  return found
}
