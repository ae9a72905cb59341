import ts from 'typescript'
import { walk } from '../../syntax.ts'
import { type Change, insert, type Operator, swapNode, wrap } from '../operator.ts'

/** A condition that asks too much or too little: one part left out, or a part the neighbours ask for added. */
export const clauses: Operator = {
  name: 'clause',
  prior: 0.3,
  signs: { boolean: 1.4, fewer: 1.2, more: 1.2, 'type-error': 1.4 },
  changes(node, { source }) {
    if (ts.isBinaryExpression(node) && /^(?:&&|\|\|)$/.test(node.operatorToken.getText())) return halves(node)
    if (!ts.isIfStatement(node)) return []
    const condition = node.expression
    const scope = new Set(namesOf(condition))
    const found: Change[] = []
    walk(source.file, (other) => {
      if (!ts.isIfStatement(other) || other === node || found.length >= 4) return
      for (const part of partsOf(other.expression)) {
        const text = part.getText()
        // Only what speaks of the same things: the rest may not even be in scope.
        if (condition.getText().includes(text) || !namesOf(part).every((name) => scope.has(name))) continue
        const inner = /\|\|/.test(condition.getText()) ? `(${condition.getText()})` : condition.getText()
        found.push(
          { swaps: [swapNode(condition, `${inner} && ${text}`)], summary: `Asks for ${text} as well`, odds: 0.5 },
          { swaps: [insert(condition.end, ` || ${text}`)], summary: `Accepts ${text} as well`, odds: 0.5 },
        )
      }
    })
    return found
  },
}

function halves(node: ts.BinaryExpression): Change[] {
  const { left, right } = node
  return [
    { swaps: [swapNode(node, left.getText())], summary: `Does not ask for ${right.getText().slice(0, 50)}`, odds: 0.6 },
    { swaps: [swapNode(node, right.getText())], summary: `Does not ask for ${left.getText().slice(0, 50)}`, odds: 0.5 },
  ]
}

function partsOf(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return partsOf(node.expression)
  if (ts.isBinaryExpression(node) && /^(?:&&|\|\|)$/.test(node.operatorToken.getText())) {
    return [...partsOf(node.left), ...partsOf(node.right)]
  }
  return [node]
}

function namesOf(node: ts.Node): string[] {
  const found: string[] = []
  walk(node, (at) => {
    if (!ts.isIdentifier(at) || (ts.isPropertyAccessExpression(at.parent) && at.parent.name === at)) return
    if (!/^(?:undefined|Array|Object|Number|String|Math|NaN)$/.test(at.text)) found.push(at.text)
  })
  return found
}

/** `if (a) …` whose negated form is meant for the whole, kept apart so that the odds can differ. */
export const wholeCondition: Operator = {
  name: 'condition',
  prior: 0.2,
  signs: { boolean: 1.4 },
  changes(node) {
    if (!ts.isIfStatement(node) || !ts.isBinaryExpression(node.expression)) return []
    if (!/^(?:&&|\|\|)$/.test(node.expression.operatorToken.getText())) return []
    return [{ swaps: wrap(node.expression, '!(', ')'), summary: 'Asks for the opposite' }]
  },
}
