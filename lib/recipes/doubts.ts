import ts from 'typescript'
import { declarationOf } from './bindings.ts'
import type { Origin } from './origin.ts'
import type { Source } from './source.ts'
import { bare, rootOf, uncast, walk } from './syntax.ts'

/**
 * Faults that look the same but are not: an early answer would hide them behind a well-formed 404.
 * A sentence when one is likely; null when none is.
 */
export function doubts(source: Source, origin: Origin, files: Record<string, string>): string | null {
  return missingAwait(source, origin, files) ?? misspelt(origin, files)
}

/** A property of a promise is always undefined: `const practice = findPractice(id)` without its `await`. */
function missingAwait(source: Source, origin: Origin, files: Record<string, string>): string | null {
  const made = madeBy(source, origin)
  if (!made || !ts.isCallExpression(made) || made === origin.subject) return null
  const { expression: callee } = made
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? callee.text : null
  if (!name || !/^[\w$]+$/.test(name)) return null
  const exact = name.replace(/\$/g, '\\$')
  const asynchronous = new RegExp(`\\basync (?:function )?\\*?${exact}\\b *[(<]|\\b${exact} *[:=] *async\\b`)
  return Object.values(files).some((text) => asynchronous.test(text))
    ? `${name}() is async and is called without await`
    : null
}

/** The call whose result `a.b` is read from, when nothing awaits it. */
function madeBy(source: Source, origin: Origin): ts.Expression | null {
  const { subject, binder } = origin
  // `findPractice(id).owner`: the root is the call itself, or an await of it.
  if (!binder) return rootOf(subject).root
  if (ts.isIdentifier(subject) && declarationOf(source, subject) === binder) return null
  if (!ts.isVariableDeclaration(binder) || !binder.initializer) return null
  const value = uncast(binder.initializer)
  return ts.isAwaitExpression(value) ? null : bare(value)
}

/** A property nobody else names is more likely misspelt than missing. */
function misspelt(origin: Origin, files: Record<string, string>): string | null {
  const { subject, kind } = origin
  if (kind !== 'lookup' || !ts.isPropertyAccessExpression(subject)) return null
  const name = subject.name.text
  if (!/^\w+$/.test(name)) return null
  const named = Object.values(files).reduce(
    (sum, text) => sum + (text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0),
    0,
  )
  const here = countIn(subject, name)
  return named > here ? null : `${name} is named nowhere else in the files given: it may be misspelt`
}

function countIn(node: ts.Node, name: string): number {
  let count = 0
  walk(node, (at) => {
    if (ts.isIdentifier(at) && at.text === name) count += 1
  })
  return count
}
