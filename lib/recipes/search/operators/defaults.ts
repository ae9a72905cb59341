import ts from 'typescript'
import { type Change, insert, type Operator } from '../operator.ts'

const VALUES: [string, number][] = [
  ['{}', 0.7],
  ['[]', 0.7],
  ["''", 0.5],
  ['0', 0.6],
  ['1', 0.35],
  ['false', 0.3],
  ['null', 0.2],
]

/** A parameter, an option or a sum without a value to begin with. */
export const defaults: Operator = {
  name: 'default',
  prior: 0.3,
  signs: { 'type-error': 2.5, undefined: 1.5, nan: 2, kind: 1.3 },
  changes(node) {
    if (ts.isCallExpression(node)) return summed(node)
    if (!ts.isParameter(node) && !ts.isBindingElement(node)) return []
    if (node.initializer || node.dotDotDotToken || (ts.isParameter(node) && node.questionToken)) return []
    const name = node.name.getText()
    const pattern = ts.isObjectBindingPattern(node.name)
    return VALUES.filter(([value]) => !pattern || value === '{}').map(
      ([value, odds]): Change => ({
        swaps: [insert(node.end, ` = ${value}`)],
        summary: `Takes ${value} where no ${pattern ? 'options are' : `${name} is`} given`,
        odds: odds * fitting(name, value),
      }),
    )
  },
}

function fitting(name: string, value: string): number {
  if (value === '{}') return /opt|conf|setting|param|props|context|\{/i.test(name) ? 1.5 : 0.5
  if (value === '[]') return /s$|list|items|array/i.test(name) ? 1 : 0.4
  if (value === '0' || value === '1')
    return /count|index|offset|from|start|page|size|n$|amount|depth|step|level/i.test(name) ? 1 : 0.4
  if (value === "''") return /name|text|str|prefix|suffix|label|key|sep/i.test(name) ? 1 : 0.4
  return 0.5
}

/** `reduce` takes the first item where it is given nothing to begin with. */
function summed(node: ts.CallExpression): Change[] {
  if (!ts.isPropertyAccessExpression(node.expression) || !/^reduce(?:Right)?$/.test(node.expression.name.text))
    return []
  const [only] = node.arguments
  if (!only || node.arguments.length !== 1) return []
  return [
    ['0', 1.2],
    ['[]', 0.7],
    ['{}', 0.7],
    ["''", 0.6],
    ['1', 0.3],
  ].map(
    ([value, odds]): Change => ({
      swaps: [insert(only.end, `, ${value}`)],
      summary: `Begins with ${value}`,
      odds: (odds as number) * 1.5,
    }),
  )
}
