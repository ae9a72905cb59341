import ts from 'typescript'
import type { Access } from './access.ts'
import { binderOf, declarationOf, namesIn } from './bindings.ts'
import type { Origin } from './origin.ts'
import { testsFor } from './presence.ts'
import { lineOf, type Source } from './source.ts'
import { callOf, functionOf, isFunction, leaves, mayLeave, siblings, walk } from './syntax.ts'

/** Where a guard goes: right behind a declaration, or in front of the statement that fails. */
export interface Place {
  side: 'after' | 'before'
  /** The statement to stand next to; the expression itself where an arrow function has no block. */
  beside: ts.Node
  /** The function the guard leaves. */
  fn: ts.FunctionLikeDeclaration
  /** `lone`: a body without braces gets them. `concise`: an arrow's expression becomes a block that returns it. */
  form: 'listed' | 'lone' | 'concise'
  assumes: string[]
}

type Refusal = { why: string }

export function placeFor(source: Source, access: Access, origin: Origin): Place | Refusal {
  const home = homeOf(source, access, origin)
  if (!home) return { why: 'the failing line is not inside a function: there is nobody to answer' }
  const climbed = climb(source, access.node, home)
  if ('why' in climbed) return climbed
  const { statement, form, assumes } = climbed
  const name = origin.subject.getText()
  const list = siblings(statement)
  const before = list?.slice(0, list.indexOf(statement as ts.Statement)) ?? []
  if (before.some(leaves)) return { why: `line ${lineOf(source.file, access.node.getStart())} is never reached` }
  const tested = testsFor(source, origin.subject, statement, home)
  if (tested !== null) return { why: `${name} is already tested on line ${tested}: its guard does not hold` }
  if (ts.isConstructorDeclaration(home) || ts.isAccessor(home)) return { why: 'a constructor cannot answer early' }
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

/** From the failing access up to a statement of `home`, refusing to pass a condition the guard would not share. */
function climb(
  source: Source,
  from: ts.Node,
  home: ts.FunctionLikeDeclaration,
): (Omit<Place, 'side' | 'beside' | 'fn'> & { statement: ts.Node }) | Refusal {
  const assumes: string[] = []
  for (let at = from; at.parent; at = at.parent) {
    const { parent } = at
    if (onCondition(at))
      return { why: `line ${lineOf(source.file, from.getStart())} reads it on a condition inside an expression` }
    if (isFunction(parent) && at !== parent.body) return { why: 'it is read in the default of a parameter' }
    if (parent === home) {
      if (!ts.isBlock(at)) return { statement: at, form: 'concise', assumes }
      return { why: 'its statement was not found' }
    }
    if (isFunction(parent)) {
      const call = callOf(parent)
      if (!call) return { why: 'it is read in an inner function that may run at another time' }
      if (!EACH.test(call.expression.getText())) return { why: 'it is read in a callback that may run at another time' }
      assumes.push(`the answer is right even when ${call.expression.getText().slice(0, 60)} has nothing to go through`)
    }
    if (ts.isStatement(at) && functionOf(at) === home && !ts.isBlock(at)) {
      if (siblings(at)) return { statement: at, form: 'listed', assumes }
      const alone = ts.isIfStatement(parent) || ts.isIterationStatement(parent, false)
      const short = lineOf(source.file, at.getStart()) === lineOf(source.file, at.end)
      if (!alone || !short || ts.isIfStatement(at)) return { why: 'its statement has no braces to put a guard in' }
      return { statement: at, form: 'lone', assumes }
    }
  }
  return { why: 'its statement was not found' }
}

/** Callbacks that run at once, in place, for each element. */
const EACH = /\.(?:map|filter|forEach|find|findIndex|some|every|reduce|flatMap|sort|toSorted)$/

/** The right of `&&`, a branch of `?:`, a later `case`, a loop's step: evaluated only sometimes. */
function onCondition(at: ts.Node): boolean {
  const { parent } = at
  if (ts.isBinaryExpression(parent) && parent.right === at) {
    const { kind } = parent.operatorToken
    return (
      kind === ts.SyntaxKind.AmpersandAmpersandToken ||
      kind === ts.SyntaxKind.BarBarToken ||
      kind === ts.SyntaxKind.QuestionQuestionToken
    )
  }
  if (ts.isConditionalExpression(parent)) return parent.condition !== at
  if (ts.isCaseClause(parent)) return parent.expression === at
  if (ts.isDoStatement(parent)) return parent.expression === at
  if (ts.isForStatement(parent)) return parent.incrementor === at
  return false
}

function declaredIn(origin: Origin): ts.VariableStatement | null {
  const { binder, subject, settled } = origin
  if (!binder || !ts.isVariableDeclaration(binder) || !ts.isIdentifier(subject) || !settled) return null
  const statement = binder.parent.parent
  return ts.isVariableStatement(statement) && siblings(statement) ? statement : null
}

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
