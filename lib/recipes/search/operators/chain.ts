import ts from 'typescript'
import { type Change, insert, type Operator } from '../operator.ts'

/** Steps a chain of list methods may lack. */
const STEPS: [string, number][] = [
  ['.sort()', 1],
  ['.reverse()', 0.6],
  ['.flat()', 0.5],
  ['.filter(Boolean)', 0.5],
]

const LISTS = /^(?:map|filter|keys|values|entries|split|slice|concat|flatMap|from|flat|toSorted|match)$/

/** A list that is not yet in the shape its user needs: unsorted, the wrong way round, nested, with empty items. */
export const chain: Operator = {
  name: 'chain',
  prior: 0.25,
  signs: { order: 4, reversed: 4, more: 1.5, kind: 1.2 },
  changes(node, { facts }) {
    if (!ts.isCallExpression(node)) return []
    const callee = node.expression
    if (!ts.isPropertyAccessExpression(callee) || !LISTS.test(callee.name.text)) return []
    const { parent } = node
    const next = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : ''
    if (/^(?:sort|reverse|length|flat)$/.test(next)) return []
    return STEPS.map(
      ([step, odds]): Change => ({
        swaps: [insert(node.end, step)],
        summary: `Adds ${step} behind ${callee.name.text}()`,
        odds:
          odds *
          (step === '.reverse()' && facts.signs.has('reversed') ? 1.8 : 1) *
          (next === 'join' || next === '' ? 1 : 0.6),
      }),
    )
  },
}
