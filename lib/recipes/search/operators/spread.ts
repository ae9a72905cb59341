import ts from 'typescript'
import { type Change, insert, type Operator, swapNode } from '../operator.ts'

/** A list handed over whole where its items are meant, and defaults spread over what they are defaults for. */
export const spread: Operator = {
  name: 'spread',
  prior: 0.35,
  signs: { nan: 2, fewer: 1.6, more: 1.3, kind: 1.3, undefined: 1.1 },
  changes(node) {
    if (ts.isObjectLiteralExpression(node)) return reordered(node)
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) return assigned(node)
    if (ts.isSpreadElement(node)) {
      const [only] = [node.expression]
      return [{ swaps: [swapNode(node, only.getText())], summary: `Hands over ${only.getText()} whole`, odds: 0.3 }]
    }
    if (!ts.isArrayLiteralExpression(node)) return []
    return node.elements.filter(isList).map((element) => spreadOut(element, 0.8))
  },
}

const isList = (node: ts.Node): node is ts.Expression =>
  ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)

const spreadOut = (node: ts.Expression, odds: number): Change => ({
  swaps: [insert(node.getStart(), '...')],
  summary: `Spreads ${node.getText().slice(0, 40)}`,
  odds,
})

const TAKES_MANY =
  /(?:\.(?:push|unshift|concat|splice|set|add|apply|emit|log)|^Math\.(?:min|max|hypot)|^String\.fromCharCode)$/

/** `Math.max(list)`, `push(list)`, and a rest parameter handed on as one. */
function assigned(node: ts.CallExpression | ts.NewExpression): Change[] {
  const given = [...(node.arguments ?? [])]
  const callee = node.expression.getText()
  if (/^Object\.assign$/.test(callee)) return merged(node, given)
  return given.flatMap((argument, at) => {
    if (!isList(argument) || ts.isCallExpression(argument)) return []
    if (TAKES_MANY.test(callee)) return [spreadOut(argument, 0.9)]
    return at === given.length - 1 && /^(?:args|rest|params|arguments|items|values)$/.test(argument.getText())
      ? [spreadOut(argument, 0.9)]
      : []
  })
}

/** `Object.assign(a, b)` writes into `a`, and the last one wins. */
function merged(node: ts.CallExpression | ts.NewExpression, given: ts.Expression[]): Change[] {
  const [first, second] = given
  if (!first || !second) return []
  const fresh = first.getText() === '{}'
  const [a, b] = fresh ? [given[1], given[2]] : [first, second]
  const found: Change[] = fresh
    ? []
    : [{ swaps: [insert(first.getStart(), '{}, ')], summary: 'Fills a new object', odds: 1.2 }]
  if (a && b) {
    found.push({
      swaps: [swapNode(a, b.getText()), swapNode(b, a.getText())],
      summary: `Lets ${a.getText()} win over ${b.getText()}`,
      odds: 0.7,
    })
  }
  return node ? found : []
}

/** `{ ...options, ...defaults }`: what stands last wins. */
function reordered(node: ts.ObjectLiteralExpression): Change[] {
  const { properties } = node
  return properties.flatMap((property, at): Change[] => {
    const next = properties[at + 1]
    if (!next || (!ts.isSpreadAssignment(property) && !ts.isSpreadAssignment(next))) return []
    return [
      {
        swaps: [swapNode(property, next.getText()), swapNode(next, property.getText())],
        summary: `Lets ${property.getText().slice(0, 40)} win over ${next.getText().slice(0, 40)}`,
      },
    ]
  })
}
