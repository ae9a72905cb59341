import ts from 'typescript'
import { foundBy } from './origin.ts'
import { missingTests, type Test } from './presence.ts'
import type { Source } from './source.ts'
import { functionOf, leaves, walk } from './syntax.ts'

/** An early answer somebody of this team already wrote: `if (!campaign) return json(res, 404, { … })`. */
export interface Guard {
  node: ts.IfStatement
  fn: ts.FunctionLikeDeclaration
  /** What it tests for absence; null when it tests something else and lends its form alone. */
  test: Test | null
  kind: 'lookup' | 'input' | null
  status: Status
  /** The statements that make the answer, in order; logging and the like are left behind. */
  answer: ts.Statement[]
  exit: 'throw' | 'return'
}

export interface Status {
  code: number
  /** The number in the text; null when a name such as `notFound` says it. */
  literal: ts.NumericLiteral | null
}

/** All guards of a file that answer with a status from 400 to 499, in source order. */
export function guardsIn(source: Source): Guard[] {
  const found: Guard[] = []
  walk(source.file, (node) => {
    const guard = ts.isIfStatement(node) && !node.elseStatement ? guardOf(source, node) : null
    if (guard) found.push(guard)
  })
  return found
}

function guardOf(source: Source, node: ts.IfStatement): Guard | null {
  const fn = functionOf(node)
  const { thenStatement } = node
  if (!fn || !leaves(thenStatement)) return null
  const statements = ts.isBlock(thenStatement) ? [...thenStatement.statements] : [thenStatement]
  const last = statements.at(-1)
  if (!last || statements.length > 5 || statements.some(hasComment)) return null
  const status = statusOf(statements)
  if (!status) return null
  const exit = ts.isThrowStatement(last) ? 'throw' : 'return'
  const answer = statements.filter((statement) => statement === last || (exit === 'return' && answers(statement)))
  const test = missingTests(node.expression).at(-1) ?? null
  return { node, fn, test, kind: test ? kindOf(source, test.subject) : null, status, answer, exit }
}

/** Calls and assignments on the answer: `res.writeHead(…)`, `ctx.status = 404`, `json(res, …)`. */
const ANSWER = /^(?:\w*res(?:ponse)?|reply|ctx|c|context|this|h)\b|\b(?:res|response|reply|ctx|context)\b[,)]/
const answers = (statement: ts.Statement): boolean =>
  ts.isExpressionStatement(statement) && ANSWER.test(statement.getText())

const hasComment = (statement: ts.Statement): boolean =>
  /\/\/|\/\*/.test(statement.getText().replace(/(['"`])(?:(?!\1).)*\1/g, ''))

function kindOf(source: Source, subject: ts.Expression): Guard['kind'] {
  const found = foundBy(source, subject)
  return 'why' in found ? null : found.kind
}

const NAMED: [RegExp, number][] = [
  [/not_?found|no_?such/i, 404],
  [/bad_?request|invalid|validation/i, 400],
  [/unprocessable/i, 422],
  [/unauthori[sz]ed/i, 401],
  [/forbidden/i, 403],
]

/** `HttpStatus.NOT_FOUND`, `{ code: 'NOT_FOUND' }`. */
const CONSTANT = /^[A-Z][A-Z_]+$/

/** Exactly one status: two would leave open which one is the answer. */
function statusOf(statements: ts.Statement[]): Status | null {
  const literals: ts.NumericLiteral[] = []
  const names: string[] = []
  for (const statement of statements) {
    walk(statement, (node) => {
      if (ts.isNumericLiteral(node) && /^4\d\d$/.test(node.text)) literals.push(node)
      if (ts.isIdentifier(node) && (called(node) || CONSTANT.test(node.text))) names.push(node.text)
      if (ts.isStringLiteral(node) && CONSTANT.test(node.text)) names.push(node.text)
    })
  }
  const literal = literals[0]
  if (literal) return literals.length === 1 ? { code: Number(literal.text), literal } : null
  for (const name of names) {
    const known = NAMED.find(([words]) => words.test(name))
    if (known) return { code: known[1], literal: null }
  }
  return null
}

function called(name: ts.Identifier): boolean {
  const { parent } = name
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === name
  return ts.isPropertyAccessExpression(parent) && parent.name === name && ts.isCallExpression(parent.parent)
}

/** Statuses that say "not there" or "unusable"; others claim more: gone for good, in conflict, not allowed, too often. */
const KEEPS: Record<'lookup' | 'input', number[]> = { lookup: [400, 404, 422], input: [400, 422] }

/** The status a new guard of a kind takes from a model, or the plain one of that kind. */
export function statusFrom(guard: Guard, kind: 'lookup' | 'input'): number {
  if (guard.kind === kind && KEEPS[kind].includes(guard.status.code)) return guard.status.code
  return kind === 'lookup' ? 404 : 400
}

/** Models for a guard at a place: same kind before others, same function before others, then the nearest line. */
export function nearest(guards: Guard[], kind: 'lookup' | 'input', fn: ts.Node, at: number): Guard[] {
  const rank = (guard: Guard): number => {
    const alike = guard.kind === kind && KEEPS[kind].includes(guard.status.code)
    return (alike ? 0 : 2) + (guard.fn === fn ? 0 : 1)
  }
  const distance = (guard: Guard): number => Math.abs(guard.node.getStart() - at)
  return [...guards].sort((a, b) => rank(a) - rank(b) || distance(a) - distance(b))
}
