import ts from 'typescript'
import type { Reader } from './side.ts'
import { keyOf, lineOf, nameOf } from './syntax.ts'

const RUNNERS = /^(?:jest|vi|vitest|mocha|describe|it|test|expect|beforeEach|afterEach|sinon|chai|cy|__coverage__)$/
const MODULES =
  /^(?:vitest|jest|@jest\/|mocha|chai|sinon|ava|tap|node:test|@playwright\/test|bun:test|@testing-library\/)/
/** Variables that test runners, CI services and coverage set. */
const VARIABLES =
  /^(?:process|import\.meta|Deno|Bun)\.env\.(?:CI|VITEST\w*|JEST\w*|NODE_TEST\w*|NODE_V8_COVERAGE|MOCHA\w*|CYPRESS\w*|PLAYWRIGHT\w*|PYTEST\w*|GITHUB_ACTIONS|TEST|TESTING|TAP\w*|AVA\w*)$/
const READS_STACK = /^(?:includes|match|matchAll|indexOf|search|split|startsWith|endsWith)$/

/** Code of the app that asks whether it is being tested. */
export const awareMarks: Reader = (side) => {
  if (side.test) return []
  return side.nodes.filter(asks).map((node) => ({ rule: 'test-aware', line: lineOf(node), key: keyOf(node) }))
}

function asks(node: ts.Node): boolean {
  if (ts.isTypeOfExpression(node)) return RUNNERS.test(nameOf(node.expression))
  if (ts.isBinaryExpression(node)) return comparesWithTest(node)
  if (ts.isImportDeclaration(node))
    return ts.isStringLiteral(node.moduleSpecifier) && MODULES.test(node.moduleSpecifier.text)
  if (ts.isCallExpression(node))
    return (
      nameOf(node.expression) === 'require' &&
      node.arguments.some((a) => ts.isStringLiteralLike(a) && MODULES.test(a.text))
    )
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false
  const name = nameOf(node)
  if (
    VARIABLES.test(name) ||
    /^(?:import\.meta\.vitest|process\.execArgv|process\.mainModule|navigator\.webdriver)$/.test(name)
  )
    return true
  if (/^(?:globalThis|window|global)(?:\?\.|\.|\[['"])(\w+)/.exec(node.getText())?.[1]?.match(RUNNERS)) return true
  if (name === 'process.argv') return /test|jest|mocha|tap\b/i.test(node.parent.parent?.getText() ?? '')
  return /(?:^|\.)stack$/.test(name) && inspected(node)
}

/** `NODE_ENV === 'test'`, whatever the environment is called there. */
function comparesWithTest(node: ts.BinaryExpression): boolean {
  if (!/^[!=]==?$/.test(node.operatorToken.getText())) return false
  const [left, right] = [node.left, node.right]
  const says = (side: ts.Node): boolean => ts.isStringLiteralLike(side) && /^test(?:ing)?$/.test(side.text)
  return (says(left) && /env|mode/i.test(nameOf(right))) || (says(right) && /env|mode/i.test(nameOf(left)))
}

/** A stack that is searched tells who called; one that is logged or passed on does not. */
function inspected(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return READS_STACK.test(parent.name.text)
  return ts.isCallExpression(parent) && /\.(?:test|exec)$/.test(nameOf(parent.expression))
}
