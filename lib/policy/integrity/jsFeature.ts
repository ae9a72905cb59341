import ts from 'typescript'
import { works } from './jsWorks.ts'
import { isRare, valuesOf } from './literals.ts'
import { fresh, type Mark, type Remark } from './mark.ts'
import { nameOf } from './names.ts'
import { RULES } from './rules.ts'
import type { Comparer, Reader, Side } from './side.ts'
import { bare, isConstant, keyOf, lineOf } from './syntax.ts'

/** Code that can no longer be reached: behind a `return` of the same block, or a condition that is written out. */
export const deadMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const say = (at: ts.Node, key: string): Mark[] => [
      { rule: 'feature-removed', line: lineOf(at), key, why: 'It leaves code behind that is never reached.' },
    ]
    if (ts.isBlock(node)) {
      const end = node.statements.findIndex((one) => ts.isReturnStatement(one) || ts.isThrowStatement(one))
      const next = end === -1 ? undefined : node.statements.slice(end + 1).find((one) => !ts.isFunctionDeclaration(one))
      return next ? say(node.statements[end]!, `behind ${keyOf(next)}`) : []
    }
    if (ts.isWhileStatement(node) || ts.isForStatement(node)) {
      const goes = ts.isForStatement(node) ? node.condition : node.expression
      // One that always holds is how a loop without an end is written.
      return goes && bare(goes).kind === ts.SyntaxKind.FalseKeyword ? say(node, keyOf(node)) : []
    }
    const condition = ts.isIfStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : null
    return condition && decided(condition) ? say(node, `if ${keyOf(condition)}`) : []
  })

/** `false`, `x && false`, `true || x`, `1 > 2`. */
function decided(condition: ts.Expression): boolean {
  const value = bare(condition)
  if (!ts.isBinaryExpression(value)) return isConstant(value)
  if (isConstant(value.left) && isConstant(value.right)) return true
  const { AmpersandAmpersandToken, BarBarToken, FalseKeyword, TrueKeyword } = ts.SyntaxKind
  const sides = [bare(value.left), bare(value.right)]
  if (value.operatorToken.kind === AmpersandAmpersandToken)
    return sides.some((one) => one.kind === FalseKeyword || decided(one))
  return value.operatorToken.kind === BarBarToken && sides.some((one) => one.kind === TrueKeyword)
}

/** Functions that became a constant, exports and routes that went, and calls no longer made. */
export const featureChanges: Comparer = (before, after, { facts }) => {
  if (before.test) return []
  const found: Remark[] = []
  const now = functionsOf(after)
  const { expected } = valuesOf(facts)
  const asked = (value: string): boolean => expected.has(value) && isRare(value) && !before.text.includes(value)
  for (const [name, was] of functionsOf(before)) {
    const is = now.get(name)
    if (is && works(was, asked) && !works(is, asked))
      found.push({ line: lineOf(is), rule: 'feature-removed', why: 'It leaves a function that does nothing any more.' })
  }
  const lost = doorsOf(before).size - doorsOf(after).size
  if (lost > 0)
    found.push({
      line: 0,
      rule: 'feature-removed',
      why: `It takes away ${lost} of the exports and routes of the file.`,
    })
  const [old, left] = [callMarks(before), callMarks(after)]
  const [threw, throws] = [before, after].map((side) => side.nodes.filter(ts.isThrowStatement))
  if (threw && throws && throws.length < threw.length)
    found.push({ line: 0, rule: 'removed-refusal', why: RULES['removed-refusal'].why })
  return [...found, ...(left.length < old.length ? fresh(left, old) : [])]
}

type Fn = ts.FunctionLikeDeclaration

/** Functions by name; several of one name are told apart by their order. */
function functionsOf(side: Side): Map<string, Fn> {
  const found = new Map<string, Fn>()
  for (const node of side.nodes) {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) continue
    const { parent } = node
    const name =
      node.name?.getText() ?? (parent && 'name' in parent ? (parent as ts.NamedDeclaration).name?.getText() : undefined)
    const called =
      parent && ts.isCallExpression(parent)
        ? `${nameOf(parent.expression)}(${parent.arguments[0]?.getText().slice(0, 80)})`
        : ''
    let key = name ?? called
    while (found.has(key)) key += '+'
    found.set(key, node as Fn)
  }
  return found
}

const ROUTE = /\.(?:get|post|put|patch|delete|all|use|route|on|once|addEventListener)$/

/** What others can reach in a file: exports, and handlers registered under a path or written there. */
function doorsOf(side: Side): Set<string> {
  return new Set(
    side.nodes.flatMap((node) => {
      if (ts.isExportSpecifier(node)) return [`export ${node.name.text}`]
      if (ts.isExportAssignment(node)) return ['export default']
      // What only types can name does nothing when the code runs.
      if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return []
      if (ts.isCallExpression(node)) {
        const [first, ...handlers] = node.arguments
        const named =
          first && ts.isStringLiteralLike(first) && handlers.length > 0 && ROUTE.test(nameOf(node.expression))
        const routed = named && (first.text.startsWith('/') || handlers.some(ts.isFunctionLike))
        return routed ? [`${nameOf(node.expression)} ${first.text}`] : []
      }
      const exported =
        ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      return exported ? exportedNames(node) : []
    }),
  )
}

function exportedNames(node: ts.Node): string[] {
  if (ts.isVariableStatement(node))
    return node.declarationList.declarations.map(({ name }) => `export ${name.getText()}`)
  return [`export ${('name' in node && (node as ts.NamedDeclaration).name?.getText()) || 'default'}`]
}

/** Calls made for their effect: statements of their own. */
const callMarks = (side: Side): Mark[] =>
  side.nodes.flatMap((node) => {
    if (!ts.isExpressionStatement(node)) return []
    const inner = bare(node.expression)
    const call = ts.isAwaitExpression(inner) || ts.isVoidExpression(inner) ? bare(inner.expression) : inner
    if (!ts.isCallExpression(call)) return []
    return [
      {
        rule: 'removed-call' as const,
        line: lineOf(node),
        key: nameOf(call.expression),
      },
    ]
  })
