import ts from 'typescript'
import type { Access } from './access.ts'
import { binderOf, declarationOf, namesIn } from './bindings.ts'
import { climb, type Form } from './climb.ts'
import { outOfLoops } from './loops.ts'
import type { Origin } from './origin.ts'
import { testsFor } from './presence.ts'
import { lineOf, type Source } from './source.ts'
import { functionOf, isFunction, leaves, mayLeave, siblings, walk } from './syntax.ts'

/** Where a guard goes: right behind a declaration, or in front of the statement that fails. */
export interface Place {
  side: 'after' | 'before'
  /** The statement to stand next to; the expression itself where an arrow function has no block. */
  beside: ts.Node
  /** The function the guard leaves. */
  fn: ts.FunctionLikeDeclaration
  form: Form
  assumes: string[]
}

type Refusal = { why: string }

export function placeFor(source: Source, access: Access, origin: Origin): Place | Refusal {
  const home = homeOf(source, access, origin)
  if (!home) return { why: 'the failing line is not inside a function: there is nobody to answer' }
  const climbed = climb(source, access.node, home)
  if ('why' in climbed) return climbed
  const moved = outOfLoops(source, origin, climbed, home)
  if ('why' in moved) return moved
  const { statement, form, assumes } = moved
  const name = origin.subject.getText()
  const list = siblings(statement)
  const before = list?.slice(0, list.indexOf(statement as ts.Statement)) ?? []
  if (before.some(leaves)) return { why: `line ${lineOf(source.file, access.node.getStart())} is never reached` }
  const tested = testsFor(source, origin.subject, statement, home)
  if (tested !== null) return { why: `${name} is already tested on line ${tested}: its guard does not hold` }
  if (ts.isConstructorDeclaration(home) || ts.isAccessor(home)) return { why: 'a constructor cannot answer early' }
  if ('asteriskToken' in home && home.asteriskToken) return { why: 'a generator does not answer' }
  if (declaredBy(origin) === statement) return { why: `${name} is read in the statement that declares it` }
  const declared = declaredIn(origin)
  const beside = declared && reachedFrom(source, declared, statement, origin) ? declared : statement
  return { side: beside === statement ? 'before' : 'after', beside, fn: home, form, assumes }
}

/** The innermost function that binds a name the guard's test needs; else the one that fails. */
function homeOf(source: Source, access: Access, origin: Origin): ts.FunctionLikeDeclaration | null {
  const own = functionOf(access.node)
  if (!origin.binder) return own
  const holders = namesIn(origin.subject).map((name) => {
    const declaration = declarationOf(source, name)
    const binder = declaration && binderOf(declaration)
    return binder ? functionHolding(binder) : null
  })
  for (let at: ts.Node | null = own; at; at = functionOf(at)) {
    if (isFunction(at) && holders.includes(at)) return at
  }
  return own
}

/** The function whose body declares a variable, or whose parameter it is. */
function functionHolding(binder: ts.VariableDeclaration | ts.ParameterDeclaration): ts.FunctionLikeDeclaration | null {
  if (!ts.isParameter(binder)) return functionOf(binder)
  return isFunction(binder.parent) ? binder.parent : null
}

/** The statement that declares the name, where it is a plain one. */
function declaredBy({ binder }: Origin): ts.VariableStatement | null {
  if (!binder || !ts.isVariableDeclaration(binder)) return null
  const statement = binder.parent.parent
  return ts.isVariableStatement(statement) && siblings(statement) ? statement : null
}

const declaredIn = (origin: Origin): ts.VariableStatement | null =>
  ts.isIdentifier(origin.subject) && origin.settled ? declaredBy(origin) : null

/** Every way from the declaration leads to the failing statement, and nothing on it copes with the value missing. */
function reachedFrom(source: Source, declared: ts.VariableStatement, statement: ts.Node, origin: Origin): boolean {
  const list = siblings(declared)
  if (!list) return false
  let top = statement
  while (top.parent !== declared.parent) {
    const through = top.parent
    if (!through || !(ts.isBlock(through) || (ts.isTryStatement(through) && through.tryBlock === top))) return false
    top = through
  }
  const between = list.slice(list.indexOf(declared) + 1, list.indexOf(top as ts.Statement))
  if (between.some(mayLeave)) return false
  const binding = ts.isIdentifier(origin.subject) ? declarationOf(source, origin.subject) : null
  return !between.some((step) => mentions(source, step, binding))
}

function mentions(source: Source, node: ts.Node, declaration: ts.Declaration | null): boolean {
  let found = false
  walk(node, (at) => {
    if (ts.isIdentifier(at) && declaration && declarationOf(source, at) === declaration) found = true
  })
  return found
}
