import ts from 'typescript'
import type { Mark } from './mark.ts'
import { nameOf } from './names.ts'
import type { Rule } from './rules.ts'
import type { Reader, Side } from './side.ts'
import { isConstant, keyOf, lineOf } from './syntax.ts'

const TEST = /^(?:x|f)?(?:it|test|specify)(?:\.|\(|$)|^Deno\.test$|^t\.test$/
const GROUP = /^(?:x|f)?(?:describe|suite|context)(?:\.|\(|$)/
const HOOK = /^(?:before|after)(?:Each|All)?$/
const OFF = /^(?:skip|todo|only|skipIf|runIf|failing|fails|fixme)$/
const RUNNER = /^(?:it|test|describe|suite|context|specify|t|ctx|this)(?:\.|$)/
const SHUNNED = /^(?:xit|xtest|xdescribe|xcontext|fit|fdescribe|ftest)$/
const LIMITS = /^(?:retry|retries|timeout|repeats)$/
const SETTERS =
  /^(?:(?:jest|vi|test|this)\.(?:setTimeout|retryTimes|setConfig|timeout|retries|slow|resetConfig)|test\.describe\.configure|configure)$/

/** A call that declares a test, a group of them or a hook: `test('…', () => …)`, `it.each([…])('…', …)`. */
export const declares = (node: ts.Node): 'test' | 'group' | 'hook' | null => {
  if (!ts.isCallExpression(node) || !node.arguments.some((argument) => functionOf(argument) || titleOf(node)))
    return null
  const name = nameOf(node.expression)
  if (TEST.test(name)) return 'test'
  if (GROUP.test(name)) return 'group'
  return HOOK.test(name) ? 'hook' : null
}

/** What a test is called, null where that is only known at run time. */
export function titleOf(call: ts.CallExpression): string | null {
  const [first] = call.arguments
  return first && ts.isStringLiteralLike(first) ? first.text : null
}

export const functionOf = (node: ts.Node): ts.ArrowFunction | ts.FunctionExpression | null =>
  ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node : null

/** Skipped and narrowed tests, tests that end early, and how long and how often they are tried. */
export const testMarks: Reader = (side) => {
  if (!side.test) return []
  return side.nodes.flatMap((node) => [...offMarks(node), ...cutShort(node), ...(side.existing ? settings(node) : [])])
}

const mark = (rule: Rule, node: ts.Node, key = keyOf(node)): Mark => ({ rule, line: lineOf(node), key })

function offMarks(node: ts.Node): Mark[] {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const off = OFF.test(nameOf(node).split('.').at(-1) ?? '') && RUNNER.test(nameOf(node.expression))
    return off ? [mark('test-skipped', node, keyOf(node.parent).slice(0, 200))] : []
  }
  if (!ts.isCallExpression(node)) return []
  if (SHUNNED.test(nameOf(node.expression))) return [mark('test-skipped', node, keyOf(node).slice(0, 200))]
  return declares(node) ? optionsOf(node, OFF).map((option) => mark('test-skipped', option)) : []
}

/** Options a declaration is given by name, those that are `false` apart. */
function optionsOf(call: ts.CallExpression, names: RegExp): ts.ObjectLiteralElementLike[] {
  return call.arguments.flatMap((argument) =>
    ts.isObjectLiteralExpression(argument)
      ? argument.properties.filter(
          (property) =>
            property.name &&
            names.test(property.name.getText().replace(/['"]/g, '')) &&
            !(ts.isPropertyAssignment(property) && property.initializer.kind === ts.SyntaxKind.FalseKeyword),
        )
      : [],
  )
}

/** `return` without a value, or with a made-up one, inside a test: what follows is never asserted. */
function cutShort(node: ts.Node): Mark[] {
  if (!ts.isReturnStatement(node) || (node.expression && !isConstant(node.expression))) return []
  let at: ts.Node = node.parent
  while (at && !ts.isFunctionLike(at) && !ts.isSourceFile(at)) at = at.parent
  const call = at?.parent
  if (!call || !ts.isCallExpression(call) || !functionOf(at) || !declares(call)) return []
  const condition = ts.isIfStatement(node.parent) ? keyOf(node.parent.expression) : ''
  return [mark('test-cut-short', node, `${titleOf(call)} ${condition}`)]
}

function settings(node: ts.Node): Mark[] {
  if (!ts.isCallExpression(node)) return []
  if (SETTERS.test(nameOf(node.expression))) return [mark('test-settings', node)]
  if (!declares(node)) return []
  const limit = node.arguments.slice(2).find(isConstant)
  return [...optionsOf(node, LIMITS), ...(limit ? [limit] : [])].map((option) => mark('test-settings', option))
}

const MODULE =
  /^(?:(?:vi|jest)\.(?:mock|doMock|unstable_mockModule|setMock)|mock\.module|proxyquire|td\.replace(?:Esm)?|rewiremock)$/
const MEMBER = /^(?:(?:vi|jest)\.(?:spyOn|replaceProperty)|sinon\.(?:stub|replace|mock)|mock\.(?:method|getter)|stub)$/

/** Stand-ins for what is tested: any new one in a test that was there, and those of a changed file in any test. */
export const mockMarks: Reader = (side, { subjects }) => {
  if (!side.test) return []
  return side.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node)) return []
    const name = nameOf(node.expression)
    const [first] = node.arguments
    if (!first || !(MODULE.test(name) || MEMBER.test(name))) return []
    const from = MODULE.test(name) && ts.isStringLiteralLike(first) ? first.text : importedFrom(side, nameOf(first))
    const hit = side.existing || (from !== null && subjects.some((subject) => named(side.path, from, subject)))
    return hit ? [mark('mocked-subject', node)] : []
  })
}

/** The module a name of the file was imported from. */
function importedFrom(side: Side, name: string): string | null {
  const root = name.split('.')[0]
  for (const statement of side.tree.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const names: string[] = statement.importClause?.getText().match(/[\w$]+/g) ?? []
    if (root && names.includes(root)) return statement.moduleSpecifier.text
  }
  return null
}

const stem = (path: string): string => path.replace(/\.(?:[cm]?[jt]sx?|vue|svelte)$/, '').replace(/\/index$/, '')

/** Whether a specifier in `path` names `subject`; aliases such as `@/` are compared by their end. */
export function named(path: string, specifier: string, subject: string): boolean {
  if (!specifier.startsWith('.')) return stem(subject).endsWith(`/${stem(specifier.replace(/^[@~#]\/?/, ''))}`)
  const folder = path.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') folder.pop()
    else if (part !== '.') folder.push(part)
  }
  return stem(folder.join('/')) === stem(subject)
}
