import ts from 'typescript'
import { type Lister, place } from './place.ts'

/** `f(a, b)` → `f(b, a)`, each two neighbours that differ. */
export const swapArguments: Lister = (node, source) => {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
  const given = node.arguments ?? []
  return given.slice(1).flatMap((right, i) => {
    const left = given[i]!
    if (ts.isSpreadElement(left) || ts.isSpreadElement(right)) return []
    const [a, b] = [left.getText(source), right.getText(source)]
    const between = source.text.slice(left.end, right.getStart(source))
    return a === b ? [] : [place(left.getStart(source), right.end, b + between + a)]
  })
}
