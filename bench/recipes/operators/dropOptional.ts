import ts from 'typescript'
import { type Lister, place } from './place.ts'

/** `a?.b` → `a.b`, `a?.[b]` → `a[b]`, `a?.(b)` → `a(b)`. */
export const dropOptional: Lister = (node, source) => {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node) && !ts.isCallExpression(node))
    return []
  const token = node.questionDotToken
  if (!token) return []
  return [place(token.getStart(source), token.end, ts.isPropertyAccessExpression(node) ? '.' : '')]
}
