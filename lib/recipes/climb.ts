import ts from 'typescript'
import { lineOf, type Source } from './source.ts'
import { callOf, functionOf, isFunction, siblings } from './syntax.ts'

/** `lone`: a body without braces gets them. `concise`: an arrow's expression becomes a block that returns it. */
export type Form = 'listed' | 'lone' | 'concise'

export interface Climbed {
  /** The statement a guard has to stand before; the expression itself where an arrow function has no block. */
  statement: ts.Node
  form: Form
  assumes: string[]
}

/** From the failing access up to a statement of `home`, refusing to pass a condition the guard would not share. */
export function climb(source: Source, from: ts.Node, home: ts.FunctionLikeDeclaration): Climbed | { why: string } {
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

/** The right of `&&`, an argument of `a?.()`, a branch of `?:`, a later `case`, a loop's step: evaluated only sometimes. */
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
  if (ts.isCallExpression(parent) && ts.isOptionalChain(parent))
    return parent.arguments.some((argument) => argument === at)
  if (ts.isConditionalExpression(parent)) return parent.condition !== at
  if (ts.isCaseClause(parent)) return parent.expression === at
  if (ts.isDoStatement(parent)) return parent.expression === at
  if (ts.isForStatement(parent)) return parent.incrementor === at
  return false
}
