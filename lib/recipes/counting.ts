import ts from 'typescript'
import { declarationOf } from './bindings.ts'
import { type Element, isAssignment, lengthOf, sameList } from './element.ts'
import type { Source } from './source.ts'
import type { Swap } from './swap.ts'
import { functionOf, siblings, uncast, walk } from './syntax.ts'

/** A loop that counts through a list and takes one step too many. */
export interface Counting {
  loop: ts.IterationStatement
  /** What makes the bound right. */
  swap: Swap
  /** How it is said: `i <= rows.length becomes i < rows.length`. */
  change: string
}

/** The loop whose index the element is read at, when its bound is one past the end; a sentence when that is not shown. */
export function countingOf(source: Source, element: Element): Counting | { why: string } {
  const { index } = element
  const counter = ts.isIdentifier(index) ? declarationOf(source, index) : null
  if (!ts.isIdentifier(index) || !counter || !ts.isVariableDeclaration(counter)) {
    return { why: `${index.getText()} is not a counter of a loop` }
  }
  const loop = loopOf(element.node, counter)
  if (!loop) return { why: `${index.text} counts no for or while loop around the crash` }
  const found = ts.isForStatement(loop)
    ? forLoop(source, loop, element, counter)
    : whileLoop(source, loop, element, counter)
  if ('why' in found) return found
  const others = usesOf(source, loop.statement, counter).filter(
    (use) =>
      (use.moved && !found.steps.includes(use.node)) || (use.offset && sameList(source, use.offset, element.list)),
  )
  if (others.some((use) => use.moved)) return { why: `${index.text} is changed in the loop body` }
  if (others.length > 0) return { why: `${element.list.getText()} is also read beside ${index.text}` }
  return found.counting
}

/** The innermost loop that tests or declares the counter, in the function of the crash. */
function loopOf(node: ts.Node, counter: ts.VariableDeclaration): ts.ForStatement | ts.WhileStatement | null {
  const home = functionOf(node)
  for (let at = node.parent; at && at !== home; at = at.parent) {
    if (ts.isForStatement(at) && at.initializer === counter.parent) return at
    if (ts.isWhileStatement(at) && at.expression.getText().includes(counter.name.getText())) return at
  }
  return null
}

type Found = { counting: Counting; steps: ts.Node[] } | { why: string }

function forLoop(source: Source, loop: ts.ForStatement, { list }: Element, counter: ts.VariableDeclaration): Found {
  const step = loop.incrementor ? stepOf(source, loop.incrementor, counter) : null
  const start = counter.initializer && uncast(counter.initializer)
  if (!step || !start || !loop.condition) return { why: 'the loop does not count by one step a turn' }
  if (step > 0) {
    if (start.getText() !== '0') return { why: `the loop starts at ${start.getText()}: its bound may be meant` }
    return past(source, loop, loop.condition, list, counter)
  }
  const from = lengthOf(source, start)
  const down = /^(?:>= ?0|> ?-1)$/.test(afterCounter(loop.condition, counter))
  if (!from || !down || !sameList(source, from, list) || !ts.isPropertyAccessExpression(start)) {
    return { why: `the loop does not count down from the length of ${list.getText()} to 0` }
  }
  const text = `${start.getText()} - 1`
  const swap = { from: start.getStart(), to: start.end, text }
  return { counting: { loop, swap, change: `it starts at ${text} instead of ${start.getText()}` }, steps: [] }
}

/** `while (i <= list.length) { …; i++ }`, counted from 0 and by one step at the body's own level. */
function whileLoop(source: Source, loop: ts.WhileStatement, element: Element, counter: ts.VariableDeclaration): Found {
  const list = siblings(loop)
  const declared = counter.parent.parent
  const between = list?.slice(list.indexOf(declared as ts.Statement) + 1, list.indexOf(loop)) ?? null
  if (counter.initializer?.getText() !== '0' || !between || !list?.includes(declared as ts.Statement)) {
    return { why: `${counter.name.getText()} does not count from 0 in front of the loop` }
  }
  if (between.some((statement) => usesOf(source, statement, counter).some((use) => use.moved))) {
    return { why: `${counter.name.getText()} is changed in front of the loop` }
  }
  const body = ts.isBlock(loop.statement) ? [...loop.statement.statements] : []
  const steps = body.filter(
    (statement) => ts.isExpressionStatement(statement) && (stepOf(source, statement.expression, counter) ?? 0) > 0,
  )
  const [step, ...more] = steps
  if (!step || more.length > 0) return { why: 'the loop does not count by one step a turn' }
  if (step.getStart() < element.node.getStart()) return { why: `${counter.name.getText()} is stepped before the read` }
  const found = past(source, loop, loop.expression, element.list, counter)
  return 'why' in found ? found : { ...found, steps: inside(step) }
}

const inside = (node: ts.Node): ts.Node[] => {
  const found: ts.Node[] = []
  walk(node, (at) => found.push(at))
  return found
}

/** `i <= list.length` or `list.length >= i`, alone or as one part of an `&&`. */
function past(
  source: Source,
  loop: ts.IterationStatement,
  condition: ts.Expression,
  list: ts.Expression,
  counter: ts.VariableDeclaration,
): Found {
  const at = uncast(condition)
  if (!ts.isBinaryExpression(at)) return { why: 'the bound of the loop is not a comparison' }
  if (at.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) {
    const left = past(source, loop, at.left, list, counter)
    return 'why' in left ? past(source, loop, at.right, list, counter) : left
  }
  const up = at.operatorToken.kind === ts.SyntaxKind.LessThanEqualsToken
  if (!up && at.operatorToken.kind !== ts.SyntaxKind.GreaterThanEqualsToken) {
    return { why: 'the bound of the loop does not go past the end' }
  }
  const [count, bound] = up ? [at.left, at.right] : [at.right, at.left]
  const of = lengthOf(source, bound)
  if (!isCounter(source, count, counter)) return { why: 'the bound of the loop is not about its counter' }
  if (!of || !sameList(source, of, list)) return { why: `the bound of the loop is not the length of ${list.getText()}` }
  const token = at.operatorToken
  const swap = { from: token.getStart(), to: token.end, text: up ? '<' : '>' }
  return {
    counting: { loop, swap, change: `${at.getText()} takes ${swap.text} instead of ${token.getText()}` },
    steps: [],
  }
}

const isCounter = (source: Source, node: ts.Expression, counter: ts.Declaration): boolean => {
  const at = uncast(node)
  return ts.isIdentifier(at) && declarationOf(source, at) === counter
}

const afterCounter = (condition: ts.Expression, counter: ts.VariableDeclaration): string => {
  const at = uncast(condition)
  if (!ts.isBinaryExpression(at) || at.left.getText() !== counter.name.getText()) return ''
  return `${at.operatorToken.getText()} ${at.right.getText()}`
}

/** `i++` is 1, `i -= 1` is -1; null for anything that is not a plain step. */
function stepOf(source: Source, node: ts.Expression, counter: ts.Declaration): number | null {
  const at = uncast(node)
  if (ts.isPostfixUnaryExpression(at) || ts.isPrefixUnaryExpression(at)) {
    if (!isCounter(source, at.operand, counter)) return null
    if (at.operator === ts.SyntaxKind.PlusPlusToken) return 1
    return at.operator === ts.SyntaxKind.MinusMinusToken ? -1 : null
  }
  if (!ts.isBinaryExpression(at) || !isCounter(source, at.left, counter) || at.right.getText() !== '1') return null
  if (at.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return 1
  return at.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken ? -1 : null
}

interface Use {
  node: ts.Node
  /** It is given another value here. */
  moved: boolean
  /** The list read at a place beside the counter: `list[i - 1]`. */
  offset: ts.Expression | null
}

function usesOf(source: Source, within: ts.Node, counter: ts.Declaration): Use[] {
  const found: Use[] = []
  walk(within, (node) => {
    if (!ts.isIdentifier(node) || declarationOf(source, node) !== counter) return
    const { parent } = node
    const unary =
      (ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent)) && /\+\+|--/.test(parent.getText())
    const assigned = ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent)
    const beside = ts.isBinaryExpression(parent) && ts.isElementAccessExpression(parent.parent) ? parent.parent : null
    found.push({ node, moved: unary || assigned, offset: beside ? uncast(beside.expression) : null })
  })
  return found
}
