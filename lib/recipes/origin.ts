import ts from 'typescript'
import { assignmentsOf, binderOf, declarationOf, fromRequest } from './bindings.ts'
import type { Source } from './source.ts'
import { bare, functionOf, isFunction, rootOf, uncast } from './syntax.ts'

/** A value somebody looked up, or one the caller sent. Anything else has no answer a guard could give. */
export type Found = { kind: 'lookup' | 'input'; value: ts.Expression | null; fromRequest: boolean }

export interface Origin extends Found {
  /** The expression a guard tests, without casts. */
  subject: ts.Expression
  /** Where its name is bound; null when it has none yet and must be given one. */
  binder: ts.VariableDeclaration | ts.ParameterDeclaration | null
  /** Never assigned again after its declaration. */
  settled: boolean
}

type Refusal = { why: string }

/** `req`, `request`, `ctx`, `c`, `context`, `event`: what frameworks call the thing that came in. */
const REQUEST = /^(?:_?req|request|ctx|c|context|event|evt|body|payload|input|params|query)$/
const REQUEST_TYPE = /Request|IncomingMessage|Context/
const PARSES = /^(?:read|parse|get|receive)?_?(?:json|body|payload|input|form|formData|text)(?:Of|From|Body)?$/i

export function originOf(source: Source, object: ts.Expression): Origin | Refusal {
  const subject = uncast(object)
  const { root, optional } = rootOf(subject)
  if (optional) return { why: `${subject.getText()} is read with ?., so its author expects it to be missing` }
  if (root.kind === ts.SyntaxKind.ThisKeyword)
    return { why: `${subject.getText()} is the object's own state, not a lookup` }
  if (!ts.isIdentifier(root)) {
    const found = foundBy(source, subject)
    return 'why' in found ? found : { ...found, subject, binder: null, settled: true }
  }
  const declaration = declarationOf(source, root)
  if (!declaration) return { why: `${root.text} is a global` }
  const binder = binderOf(declaration)
  if (!binder && !ts.isElementAccessExpression(subject)) return { why: `${root.text} is not a variable or a parameter` }
  const settled = assignmentsOf(source, declaration).length === 0
  const found = foundBy(source, subject)
  if ('why' in found) return found
  return { ...found, subject, binder, settled }
}

/** Where a value comes from, followed through names, casts and destructuring. */
export function foundBy(source: Source, value: ts.Expression, depth = 8): Found | Refusal {
  const at = bare(value)
  const text = at.getText().slice(0, 60)
  if (depth === 0) return { why: `where ${text} comes from is too far to follow` }
  if (ts.isIdentifier(at)) return named(source, at, depth)
  if (ts.isCallExpression(at)) return called(source, at)
  if (ts.isBinaryExpression(at) && isEither(at.operatorToken.kind)) return foundBy(source, at.left, depth - 1)
  if (ts.isElementAccessExpression(at) || ts.isPropertyAccessExpression(at)) {
    const { root } = rootOf(at)
    if (root.kind === ts.SyntaxKind.ThisKeyword) return { why: `${text} is the object's own state, not a lookup` }
    const base = ts.isIdentifier(root) ? named(source, root, depth) : foundBy(source, root, depth - 1)
    if (!('why' in base)) return { ...base, value: at, fromRequest: base.fromRequest || fromRequest(source, at) }
    const keyed = ts.isElementAccessExpression(at)
    return keyed ? { kind: 'lookup', value: at, fromRequest: fromRequest(source, at) } : base
  }
  return { why: `${text} is not looked up: it is made on the spot` }
}

const isEither = (kind: ts.SyntaxKind): boolean =>
  kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken

function named(source: Source, name: ts.Identifier, depth: number): Found | Refusal {
  const declaration = declarationOf(source, name)
  const binder = declaration && binderOf(declaration)
  if (!declaration || !binder) return { why: `${name.text} is not a variable or a parameter` }
  if (ts.isCatchClause(binder.parent)) return { why: `${name.text} is what was caught` }
  if (ts.isParameter(binder)) {
    const kind = isRequest(name.text, binder) ? 'input' : 'lookup'
    return { kind, value: null, fromRequest: true }
  }
  if (!functionOf(binder)) return { why: `${name.text} belongs to the module, not to a request` }
  if (ts.isForOfStatement(binder.parent.parent) || ts.isForInStatement(binder.parent.parent)) {
    return { why: `${name.text} is one of many: answering for one would hide the others` }
  }
  const later = assignmentsOf(source, declaration)
  const values = [binder.initializer, ...later].filter((value): value is ts.Expression => value !== undefined)
  const answers = values.map((value) => foundBy(source, value, depth - 1))
  const found = answers.find((answer): answer is Found => !('why' in answer))
  return found ?? answers[0] ?? { why: `${name.text} is never given a value` }
}

/** A call is a lookup, unless it reads what the caller sent or what another service answered. */
function called(source: Source, call: ts.CallExpression): Found | Refusal {
  const { expression: callee } = call
  const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText()
  const from = fromRequest(source, call)
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return { why: 'super() is not a lookup' }
  if (name === 'fetch' || name === 'axios') return { why: `${name}() is another service's answer, not a lookup` }
  if (PARSES.test(name) || callee.getText() === 'JSON.parse') {
    if (from || ofRequest(source, callee)) return { kind: 'input', value: call, fromRequest: true }
    return { why: `${call.getText().slice(0, 60)} is another service's answer, not a lookup` }
  }
  return { kind: 'lookup', value: call, fromRequest: from }
}

function ofRequest(source: Source, callee: ts.Expression): boolean {
  const { root } = rootOf(callee)
  if (!ts.isIdentifier(root)) return false
  const declaration = declarationOf(source, root)
  const binder = declaration && binderOf(declaration)
  return !!binder && ts.isParameter(binder) && isFunction(binder.parent)
}

export function isRequest(name: string, binder: ts.ParameterDeclaration): boolean {
  return REQUEST.test(name) || (binder.type !== undefined && REQUEST_TYPE.test(binder.type.getText()))
}
