import ts from 'typescript'
import { fresh, type Mark, type Remark } from './mark.ts'
import type { Comparer, Reader, Side } from './side.ts'
import { bare, isConstant, keyOf, lineOf, nameOf, nodesOf } from './syntax.ts'

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
    const condition = ts.isIfStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : null
    return condition && decided(condition) ? say(node, `if ${keyOf(condition)}`) : []
  })

/** `false`, `x && false`, `true || x`. */
function decided(condition: ts.Expression): boolean {
  const value = bare(condition)
  if (!ts.isBinaryExpression(value)) return isConstant(value)
  const { AmpersandAmpersandToken, BarBarToken, FalseKeyword, TrueKeyword } = ts.SyntaxKind
  const sides = [bare(value.left), bare(value.right)]
  if (value.operatorToken.kind === AmpersandAmpersandToken)
    return sides.some((one) => one.kind === FalseKeyword || decided(one))
  return value.operatorToken.kind === BarBarToken && sides.some((one) => one.kind === TrueKeyword)
}

/** Functions that became a constant, exports and routes that went, and calls no longer made. */
export const featureChanges: Comparer = (before, after) => {
  if (before.test) return []
  const found: Remark[] = []
  const now = functionsOf(after)
  for (const [name, was] of functionsOf(before)) {
    const is = now.get(name)
    if (is && works(was) && !works(is))
      found.push({ line: lineOf(is), rule: 'feature-removed', why: 'It leaves a function that does nothing any more.' })
  }
  const lost = doorsOf(before).length - doorsOf(after).length
  if (lost > 0)
    found.push({
      line: 0,
      rule: 'feature-removed',
      why: `It takes away ${lost} of the exports and routes of the file.`,
    })
  const [old, left] = [callMarks(before), callMarks(after)]
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

/** Whether a function does anything but give a constant, or refuse to. */
function works(fn: Fn): boolean {
  if (!fn.body) return false
  if (!ts.isBlock(fn.body)) return !isConstant(fn.body as ts.Expression)
  return fn.body.statements.some((statement) => {
    if (ts.isReturnStatement(statement)) return statement.expression ? !isConstant(statement.expression) : false
    if (ts.isThrowStatement(statement) || ts.isEmptyStatement(statement)) return false
    return true
  })
}

const ROUTE = /\.(?:get|post|put|patch|delete|all|use|route|on|once|addEventListener)$/

/** What others can reach in a file: exports, and handlers registered under a name. */
function doorsOf(side: Side): ts.Node[] {
  return side.nodes.filter((node) => {
    if (ts.isExportSpecifier(node) || ts.isExportAssignment(node)) return true
    // What only types can name does nothing when the code runs.
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return false
    if (ts.isCallExpression(node)) {
      const [first, second] = node.arguments
      return !!second && !!first && ts.isStringLiteralLike(first) && ROUTE.test(nameOf(node.expression))
    }
    return (
      ts.canHaveModifiers(node) && !!ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    )
  })
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
        key: nodesOf(call.expression).length > 0 ? nameOf(call.expression) : '',
      },
    ]
  })
