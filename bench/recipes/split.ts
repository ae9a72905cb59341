import ts from 'typescript'
import { parsed } from './operators/place.ts'
import { askPython } from './operators/python.ts'
import type { Split } from './package.ts'

/**
 * The test files as a repair sees them: other texts by path, null for a file held out. What is held out follows from the
 * order of paths and tests alone, never from what the tests are about.
 */
export function givenTests(
  tests: Record<string, string>,
  split: Split,
  language: 'js' | 'python',
): Record<string, string | null> {
  const paths = Object.keys(tests).sort()
  if (split === 'files') return Object.fromEntries(paths.filter((_, i) => i % 2 === 1).map((path) => [path, null]))
  if (language === 'python') return askPython({}, tests).thinned
  return Object.fromEntries(paths.map((path) => [path, thin(path, tests[path]!)]))
}

const TESTS = new Set(['test', 'it', 'specify', 'tape'])
/** `test.run(…)` is some object's own method, `test.only(…)` a test. */
const MODES = new Set(['only', 'serial', 'concurrent'])

/** Without every second test of the file; suites around them stay, a test within a test goes or stays with it. */
export function thin(path: string, text: string): string {
  const source = parsed(path, text)
  const found: ts.Statement[] = []
  const visit = (node: ts.Node) => {
    if (ts.isExpressionStatement(node) && isTest(node.expression)) found.push(node)
    else ts.forEachChild(node, visit)
  }
  visit(source)
  return found
    .filter((_, i) => i % 2 === 1)
    .reverse()
    .reduce((rest, node) => `${rest.slice(0, node.getStart(source))};${rest.slice(node.end)}`, text)
}

/** `test(…)`, `it.only(…)`, `await test(…)`, with a function among the arguments. */
function isTest(expression: ts.Expression): boolean {
  if (ts.isAwaitExpression(expression)) return isTest(expression.expression)
  if (!ts.isCallExpression(expression)) return false
  const { expression: callee } = expression
  const called = ts.isPropertyAccessExpression(callee) && MODES.has(callee.name.text) ? callee.expression : callee
  return (
    ts.isIdentifier(called) &&
    TESTS.has(called.text) &&
    expression.arguments.some((one) => ts.isFunctionLike(one) || ts.isIdentifier(one))
  )
}
