import ts from 'typescript'
import type { Source } from './source.ts'
import { uncast, walk } from './syntax.ts'
import { onLine } from './typed.ts'

/** How a crash shows that a promise was used as its value. */
export type Misused =
  /** `p.filter is not a function`, `p is not a function`. */
  | { kind: 'called'; name: string }
  | { kind: 'iterated' }
  /** A property of a promise is undefined, and something was read or taken out of it. */
  | { kind: 'read'; property: string }
  | { kind: 'taken' }
  /** Node says of an argument that it is a promise. */
  | { kind: 'passed' }

const CALLED = /([\p{L}_$][\p{L}\p{N}_$]{0,100}) is not a function$/u
const READ = /^Cannot (?:read|set) properties of undefined \((?:reading|setting) '([^']{1,200})'\)$/
const ITERATED =
  / is not (?:async )?iterable(?: \(cannot read property Symbol\(Symbol\.iterator\)\))?$|^Spread syntax requires \.\.\.iterable\[Symbol\.iterator\] to be a function$/
const TAKEN = /^Cannot destructure (?:property '[^']{1,200}' of )?'[^']{1,200}' as it is undefined\.$/
const KEYS = /^Cannot convert undefined or null to object$/
const PASSED = /Received an instance of Promise$|^"\[object Promise\]" is not valid JSON$/

/** V8's and Node's wording (Node 20 to 24); null for anything else. */
export function misusedIn(type: string, message: string): Misused | null {
  const line = (message.split('\n', 1)[0] ?? '').trim()
  if (line.length > 3000 || !/^(?:TypeError|SyntaxError)/.test(type)) return null
  if (PASSED.test(line)) return { kind: 'passed' }
  const read = READ.exec(line)
  if (read) return { kind: 'read', property: read[1]! }
  if (TAKEN.test(line) || KEYS.test(line)) return { kind: 'taken' }
  if (/^(?:null|undefined|object null|number|string|boolean) /.test(line)) return null
  if (ITERATED.test(line)) return { kind: 'iterated' }
  const called = CALLED.exec(line)
  return called ? { kind: 'called', name: called[1]! } : null
}

/** The expressions on a line that the crash can mean, nearest to the column first. */
export function misusesIn(source: Source, said: Misused, line: number, column: number | null): ts.Expression[] {
  const found: ts.Expression[] = []
  walk(source.file, (node) => {
    for (const value of usedIn(node, said)) if (onLine(source.file, value, line)) found.push(value)
  })
  if (column === null) return found
  const away = (node: ts.Node): number => {
    const at = source.file.getLineAndCharacterOfPosition(node.getStart())
    return Math.abs(at.line + 1 - line) * 1000 + Math.abs(at.character + 1 - column)
  }
  return found.sort((a, b) => away(a) - away(b))
}

function usedIn(node: ts.Node, said: Misused): ts.Expression[] {
  if (said.kind === 'called') return ts.isCallExpression(node) ? calledIn(node, said.name) : []
  if (said.kind === 'read') {
    const named = ts.isPropertyAccessExpression(node) && node.name.text === said.property
    const keyed = ts.isElementAccessExpression(node)
    return (named || keyed) && !node.questionDotToken ? [node.expression] : []
  }
  if (said.kind === 'passed')
    return ts.isCallExpression(node) || ts.isNewExpression(node) ? [...(node.arguments ?? [])] : []
  const iterated = said.kind === 'iterated'
  if (iterated && ts.isForOfStatement(node)) return [node.expression]
  if (iterated && ts.isSpreadElement(node)) return [node.expression]
  if (ts.isVariableDeclaration(node) && node.initializer) {
    return (iterated ? ts.isArrayBindingPattern(node.name) : ts.isObjectBindingPattern(node.name))
      ? [node.initializer]
      : []
  }
  const takes = iterated
    ? /^(?:Map|Set|Object\.fromEntries|Array\.from|Promise\.\w+)$/
    : /^Object\.(?:keys|values|entries|assign)$/
  const call = ts.isCallExpression(node) || ts.isNewExpression(node)
  return call && takes.test(node.expression.getText()) ? [...(node.arguments ?? [])] : []
}

function calledIn(call: ts.CallExpression, name: string): ts.Expression[] {
  const callee = uncast(call.expression)
  if (ts.isIdentifier(callee)) return callee.text === name ? [callee] : []
  const method = ts.isPropertyAccessExpression(callee) && callee.name.text === name
  return method && !/^(?:then|catch|finally)$/.test(name) ? [callee.expression] : []
}
