import ts from 'typescript'
import { moduleOf } from './jsHidden.ts'
import { nameOf } from './names.ts'
import { declarationOf } from './scopes.ts'
import type { Reader } from './side.ts'
import { foldedOf, functionAround, keyOf, lineOf, nodesOf } from './syntax.ts'

const RUNNERS =
  /^(?:jest|vi|vitest|mocha|describe|it|test|expect|(?:before|after)(?:Each|All)|sinon|chai|cy|__coverage__|__(?:vitest|jest|mocha)\w*)$/
/** Names only a runner leaves behind. */
const LEFT = /^(?:__(?:vitest|jest|mocha)\w*|_isMockFunction)$/
const MODULES =
  /^(?:vitest|jest|@jest\/|mocha|chai|sinon|ava|tap|node:test|@playwright\/test|bun:test|@testing-library\/)/
/** Variables that test runners, CI services and coverage set. */
const VARIABLES =
  /^(?:CI|VITEST\w*|JEST\w*|NODE_TEST\w*|NODE_V8_COVERAGE|MOCHA\w*|CYPRESS\w*|PLAYWRIGHT\w*|PYTEST\w*|GITHUB_ACTIONS|TEST|TESTING|TAP\w*|AVA\w*|npm_(?:lifecycle_\w+|command))$/
const ENVIRONMENT = /^(?:process|import\.meta|Deno|Bun)\.env$/
const READS_STACK = /(?:^|\.)stack\.(?:includes|match|matchAll|indexOf|search|split|startsWith|endsWith)$/
/** What a stack or a command line of a test run holds. */
const OF_TESTS = /\b(?:vi)?test(?:s|ing)?\b|[._]test\b|\bspec\b|jest|mocha|\bava\b|\btap\b/i

/** Code of the app that asks whether it is being tested. */
export const awareMarks: Reader = (side) => {
  if (side.test) return []
  return side.nodes.flatMap((node) => {
    const asked = asks(node)
    if (!asked) return []
    return [{ rule: 'test-aware', line: lineOf(node), key: keyOf(node), kind: `${asked} in ${functionAround(node)}` }]
  })
}

/** What a node asks after, in a word; null for most. */
function asks(node: ts.Node): string | null {
  const module = moduleOf(node)
  if (module !== null) return MODULES.test(module) ? module : null
  if (ts.isTypeOfExpression(node)) return RUNNERS.test(nameOf(node.expression)) ? 'runner' : null
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) return askedIn(node)
  if (ts.isCallExpression(node)) return looksAtStack(node) ? 'stack' : null
  if (ts.isIdentifier(node)) return isName(node) ? asksByName(nameOf(node), node) : null
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return null
  const member = /^(?:globalThis|window|global)(?:\?\.|\.|\[['"])(\w+)/.exec(node.getText())?.[1]
  if (member && RUNNERS.test(member)) return 'runner'
  return asksByName(nameOf(node), node)
}

/** A name by itself, not one of a member or a declaration. */
const isName = ({ parent, text }: ts.Identifier): boolean =>
  !(ts.isPropertyAccessExpression(parent) && parent.name.text === text) &&
  !ts.isBindingElement(parent) &&
  !ts.isVariableDeclaration(parent) &&
  !ts.isPropertyAssignment(parent)

function asksByName(name: string, node: ts.Node): string | null {
  const last = name.split('.').at(-1) ?? ''
  const variable = ENVIRONMENT.test(name.slice(0, -last.length - 1))
  if ((variable && VARIABLES.test(last)) || (LEFT.test(last) && isGlobal(node))) return last
  if (/^(?:import\.meta\.vitest|process\.execArgv|process\.mainModule|navigator\.webdriver)$/.test(name)) return name
  if (name === 'process.argv') return around(node).some((text) => OF_TESTS.test(text)) ? name : null
  const mode = variable || /(?:^|\.|_)env(?:ironment)?$/i.test(name)
  return mode && (around(node).some((text) => /^te(?:st?(?:ing)?)?$/.test(text)) || notProduction(node)) ? 'mode' : null
}

/** A member is whoever's; a name that is declared here is the file's own. */
const isGlobal = (node: ts.Node): boolean => !ts.isIdentifier(node) || declarationOf(node) === null

/** `NODE_ENV !== 'production'` holds in a test as well. */
const notProduction = (node: ts.Node): boolean => {
  const { parent } = node
  return (
    ts.isBinaryExpression(parent) &&
    /^!==?$/.test(parent.operatorToken.getText()) &&
    /NODE_ENV$/.test(nameOf(node)) &&
    [parent.left, parent.right].some((side) => foldedOf(side) === 'production')
  )
}

/** Texts that are written in the comparison, call or `switch` a node is asked in. */
function around(node: ts.Node): string[] {
  let at = node
  while (ts.isExpression(at.parent) && !ts.isArrowFunction(at.parent) && !isLogical(at.parent)) at = at.parent
  if (ts.isSwitchStatement(at.parent) && at.parent.expression === at)
    return at.parent.caseBlock.clauses.flatMap((clause) =>
      ts.isCaseClause(clause) ? (foldedOf(clause.expression) ?? []) : [],
    )
  return nodesOf(at).flatMap((inner) => {
    if (ts.isConditionalExpression(inner.parent) && inner !== inner.parent.condition) return []
    if (ts.isRegularExpressionLiteral(inner)) return [inner.text]
    return foldedOf(inner) ?? []
  })
}

const isLogical = (node: ts.Node): boolean =>
  ts.isConditionalExpression(node) ||
  (ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?|=)$/.test(node.operatorToken.getText()))

/** `'describe' in globalThis`, and a variable of the runner in the environment. */
function askedIn({ left, right }: ts.BinaryExpression): string | null {
  const [name, place] = [foldedOf(left) ?? '', nameOf(right)]
  if (/^(?:globalThis|window|global)$/.test(place)) return RUNNERS.test(name) ? 'runner' : null
  return ENVIRONMENT.test(place) && VARIABLES.test(name) ? name : null
}

/** A stack that is searched for a test tells who called, and so does any search of one's own; the first line does not. */
function looksAtStack(call: ts.CallExpression): boolean {
  const name = nameOf(call.expression)
  const tested = /\.(?:test|exec)$/.test(name) ? call.arguments.map((argument) => nameOf(argument)) : []
  const stack = READS_STACK.test(name) ? name : tested.find((one) => /(?:^|\.)stack$/.test(one))
  if (stack === undefined) return false
  const texts = nodesOf(call).flatMap((node) =>
    ts.isRegularExpressionLiteral(node) ? [node.text] : (foldedOf(node) ?? []),
  )
  return stack.startsWith('Error()') || texts.some((text) => OF_TESTS.test(text))
}
