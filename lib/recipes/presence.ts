import ts from 'typescript'
import { lineOf, type Source } from './source.ts'
import { leaves, plain, siblings, uncast } from './syntax.ts'

/** Tests of presence: `!x`, `x == null`, `x === undefined`, `typeof x === 'undefined'`. */

export interface Test {
  subject: ts.Expression
  form: 'not' | 'loose' | 'strict'
}

/** The parts of `a || b || c` that ask whether something is missing, in order. */
export function missingTests(condition: ts.Expression): Test[] {
  const at = uncast(condition)
  if (ts.isBinaryExpression(at) && at.operatorToken.kind === ts.SyntaxKind.BarBarToken) {
    return [...missingTests(at.left), ...missingTests(at.right)]
  }
  const one = missingTest(at)
  return one ? [one] : []
}

function missingTest(at: ts.Expression): Test | null {
  if (ts.isPrefixUnaryExpression(at) && at.operator === ts.SyntaxKind.ExclamationToken) {
    return { subject: uncast(at.operand), form: 'not' }
  }
  if (!ts.isBinaryExpression(at)) return null
  const strict = at.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken
  if (!strict && at.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsToken) return null
  const [left, right] = [uncast(at.left), uncast(at.right)]
  if (isNothing(right))
    return { subject: ts.isTypeOfExpression(left) ? left.expression : left, form: strict ? 'strict' : 'loose' }
  if (isNothing(left)) return { subject: right, form: strict ? 'strict' : 'loose' }
  return null
}

const isNothing = (node: ts.Expression): boolean =>
  node.kind === ts.SyntaxKind.NullKeyword ||
  (ts.isIdentifier(node) && node.text === 'undefined') ||
  (ts.isStringLiteral(node) && node.text === 'undefined')

/** Line of a test the failing statement already stands behind or inside of; null when there is none. */
export function testsFor(source: Source, subject: ts.Expression, statement: ts.Node, top: ts.Node): number | null {
  const text = plain(subject)
  for (let at = statement; at !== top && at.parent; at = at.parent) {
    const { parent } = at
    if (ts.isIfStatement(parent) && at !== parent.expression) {
      const holds = at === parent.thenStatement ? presenceOf(parent.expression, text) : tests(parent.expression, text)
      if (holds) return lineOf(source.file, parent.getStart())
    }
    const list = siblings(at)
    if (!list) continue
    for (const earlier of list.slice(0, list.indexOf(at as ts.Statement))) {
      if (ts.isIfStatement(earlier) && leaves(earlier.thenStatement) && tests(earlier.expression, text)) {
        return lineOf(source.file, earlier.getStart())
      }
    }
  }
  return null
}

const tests = (condition: ts.Expression, text: string): boolean =>
  missingTests(condition).some((test) => plain(test.subject) === text)

/** `x`, `x && …`, `x !== undefined`, `x != null` as the condition of an `if`. */
function presenceOf(condition: ts.Expression, text: string): boolean {
  const at = uncast(condition)
  if (plain(at) === text) return true
  if (!ts.isBinaryExpression(at)) return false
  const { kind } = at.operatorToken
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return presenceOf(at.left, text) || presenceOf(at.right, text)
  const unequal = kind === ts.SyntaxKind.ExclamationEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken
  return unequal && plain(uncast(at.left)) === text && isNothing(uncast(at.right))
}
