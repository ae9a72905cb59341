import ts from 'typescript'
import { binderOf, declarationOf } from './bindings.ts'
import { incoming } from './request.ts'
import type { Source } from './source.ts'
import { bare } from './syntax.ts'
import { wordsOf } from './wording.ts'

/** Names that say how something is held, not what it is. */
const VAGUE =
  /^(?:raw|text|string|str|data|chunks?|buf(?:fer)?|input|json|contents?|payload|value|parsed|encoded|result|all|parts|s|x|req|request|body)$/

/** What people call the text a caller sent: the name of its field, else the body. */
export function parsedThing(source: Source, value: ts.Expression, depth = 8): string[] {
  const at = bare(value)
  if (depth === 0 || incoming(source, at)) return ['body']
  const follow = (next: ts.Expression | undefined): string[] => (next ? parsedThing(source, next, depth - 1) : ['body'])
  if (ts.isIdentifier(at)) {
    const words = wordsOf(at.text)
    if (!words.every((word) => VAGUE.test(word))) return words
    const declaration = declarationOf(source, at)
    const binder = declaration && binderOf(declaration)
    const plain = binder && ts.isVariableDeclaration(binder) && ts.isIdentifier(binder.name)
    return plain ? follow(binder.initializer) : ['body']
  }
  if (ts.isPropertyAccessExpression(at)) return named(at.name.text) ?? follow(at.expression)
  if (ts.isElementAccessExpression(at)) {
    const key = at.argumentExpression
    return (ts.isStringLiteralLike(key) ? named(key.text) : null) ?? follow(at.expression)
  }
  if (ts.isBinaryExpression(at)) return follow(at.left)
  if (!ts.isCallExpression(at) && !ts.isNewExpression(at)) return ['body']
  const first = at.arguments?.[0]
  const member = ts.isPropertyAccessExpression(at.expression) ? at.expression : null
  const asked =
    member && first && ts.isStringLiteralLike(first) && /^(?:get|param|query|header)$/.test(member.name.text)
  if (asked) return named(first.text) ?? ['body']
  return member && !/^(?:Buffer|Object|Array|JSON)$/.test(member.expression.getText())
    ? follow(member.expression)
    : follow(first)
}

function named(name: string): string[] | null {
  const words = wordsOf(name)
  return words.length === 0 || words.length > 4 || words.every((word) => VAGUE.test(word)) ? null : words
}
