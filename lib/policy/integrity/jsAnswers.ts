import ts from 'typescript'
import { nameOf } from './names.ts'
import { declarationOf } from './scopes.ts'
import { bare, isAssignment, isConstant, nodesOf } from './syntax.ts'

const LOGS = /^(?:this\.)?(?:console|log|logger|winston|pino|debug)(?:\.|$)/
/** Calls that make or change a value and tell nobody. */
const IDLE =
  /(?:^|\.)(?:noop|identity|ignore)$|^(?:String|Number|Boolean|Object|Array|Symbol|BigInt|Map|Set|WeakMap|Date|JSON\.stringify|Promise\.resolve|Object\.(?:create|freeze))$/
/** An answer to whoever asked; it says that something went wrong by its status, or not at all. */
const SENDS = /(?:^|\.)(?:status|sendStatus|writeHead|json|send|end|reply|respond|Response)$/
const STATUS = /(?:^|\.)(?:status|sendStatus|writeHead)$/
/** A made-up object that says itself that something went wrong is an answer. */
const TELLS = /error|status|message|reason|problem|invalid|code|fail/i
const WELL = /^(?:is)?(?:ok|success(?:ful)?|valid)$/i

/** Whether a `catch` does anything about what it caught: throws, calls for somebody, or says so in what it gives. */
export const answers = (clause: ts.CatchClause): boolean =>
  answersIn(clause.block, clause.variableDeclaration ? namesIn(clause.variableDeclaration.name) : [])

/** The same of a function that is given what a promise failed with. */
export function handles(handler: ts.Expression): boolean {
  const value = bare(handler)
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return functionHandles(value)
  const declaration = ts.isIdentifier(value) ? declarationOf(value) : null
  if (declaration && ts.isFunctionDeclaration(declaration)) return functionHandles(declaration)
  const local = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
  if (local && (ts.isArrowFunction(local) || ts.isFunctionExpression(local))) return functionHandles(local)
  const name = nameOf(value)
  return !IDLE.test(name) && !LOGS.test(name)
}

function functionHandles(fn: ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration): boolean {
  if (!fn.body) return true
  const errors = fn.parameters.flatMap(({ name }) => namesIn(name))
  return ts.isBlock(fn.body) ? answersIn(fn.body, errors) : calls(fn.body, errors) || tells(fn.body, errors)
}

const namesIn = (name: ts.BindingName): string[] =>
  nodesOf(name).flatMap((node) => (ts.isIdentifier(node) ? [node.text] : []))

function answersIn(block: ts.Block, errors: string[]): boolean {
  return nodesOf(block).some((node) => {
    if (ts.isThrowStatement(node)) return true
    if (ts.isReturnStatement(node)) return !!node.expression && tells(node.expression, errors)
    if (ts.isVariableDeclaration(node))
      return !!node.initializer && mentions(node.initializer, errors) && !!node.name && isRead(node.name)
    if (ts.isBinaryExpression(node) && isAssignment(node)) return sets(node, errors)
    // A counter that is asked later.
    if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node))
      return /\+\+|--/.test(node.getText()) && isRead(node.operand)
    return call(node, errors)
  })
}

function sets({ left, right }: ts.BinaryExpression, errors: string[]): boolean {
  if (mentions(right, errors)) return isRead(left)
  const name = nameOf(left).split('.').at(-1) ?? ''
  if (WELL.test(name)) return right.kind === ts.SyntaxKind.FalseKeyword
  return TELLS.test(name) && !empty(right)
}

/** Whether what is given says that something went wrong. */
function tells(node: ts.Expression, errors: string[]): boolean {
  const value = bare(node)
  if (ts.isJsxElement(value) || ts.isJsxSelfClosingElement(value) || ts.isJsxFragment(value)) return true
  if (mentions(value, errors)) return true
  if (!ts.isObjectLiteralExpression(value)) return false
  return value.properties.some((property) => {
    const name = property.name?.getText().replace(/['"]/g, '') ?? ''
    const given = ts.isPropertyAssignment(property) ? property.initializer : null
    if (WELL.test(name)) return given?.kind === ts.SyntaxKind.FalseKeyword
    return TELLS.test(name) && !(given && (empty(given) || isWell(given)))
  })
}

const calls = (node: ts.Node, errors: string[]): boolean => nodesOf(node).some((inner) => call(inner, errors))

/** A call that somebody hears: no log line, no made-up value, no answer that sounds like a success. */
function call(node: ts.Node, errors: string[]): boolean {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false
  const name = nameOf(node.expression)
  if (LOGS.test(name) || (IDLE.test(name) && !isLocal(node.expression))) return false
  // What is only put together for a log line or a value is part of it.
  for (let at: ts.Node = node.parent; at && !ts.isStatement(at) && !ts.isFunctionLike(at); at = at.parent)
    if (ts.isCallExpression(at) && (LOGS.test(nameOf(at.expression)) || IDLE.test(nameOf(at.expression)))) return false
  const chain = nodesOf(node).filter((one) => ts.isCallExpression(one) || ts.isNewExpression(one))
  const sent = chain.filter((one) => SENDS.test(nameOf(one.expression)))
  if (sent.length === 0) return true
  const values = sent.flatMap((one) => [...(one.arguments ?? [])])
  if (values.some(saysWell)) return false
  if (nodesOf(node).some(isFailure)) return true
  const chosen = sent.some((one) => STATUS.test(nameOf(one.expression)) && !one.arguments?.every(isConstant))
  return chosen || values.some((value) => tells(value, errors))
}

/** A function of this file that happens to have such a name does what it does. */
const isLocal = (callee: ts.Expression): boolean => ts.isIdentifier(callee) && declarationOf(callee) !== null

const saysWell = (value: ts.Expression): boolean =>
  isWell(value) ||
  nodesOf(value).some(
    (node) =>
      ts.isPropertyAssignment(node) && /^status(?:Code)?$/.test(node.name.getText()) && isWell(node.initializer),
  )
const isWell = (node: ts.Node): boolean => ts.isNumericLiteral(node) && /^20[0-6]$/.test(node.text)
const isFailure = (node: ts.Node): boolean => ts.isNumericLiteral(node) && /^[45]\d\d$/.test(node.text)

const mentions = (node: ts.Node, errors: string[]): boolean =>
  nodesOf(node).some((inner) => ts.isIdentifier(inner) && errors.includes(inner.text)) && !silenced(node)

/** `String(error)` by itself is no more than its text, but it is that. */
const silenced = (node: ts.Node): boolean =>
  (ts.isCallExpression(node) && LOGS.test(nameOf(node.expression))) || ts.isVoidExpression(node)

const empty = (node: ts.Expression): boolean =>
  isConstant(node) && /^(?:null|undefined|void 0|false|0|''|""|``|\[\]|\{\})$/.test(bare(node).getText())

/** Whether anything in the file looks at a name besides what sets it. A member may be looked at by anybody. */
function isRead(target: ts.Node): boolean {
  if (!ts.isIdentifier(target)) return true
  return nodesOf(target.getSourceFile()).some((node) => {
    if (!ts.isIdentifier(node) || node === target || node.text !== target.text) return false
    const { parent } = node
    if (ts.isBinaryExpression(parent) && parent.left === node) return !isAssignment(parent)
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false
    return !(ts.isVariableDeclaration(parent) && parent.name === node)
  })
}
