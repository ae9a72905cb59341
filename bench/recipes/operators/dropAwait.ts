import ts from 'typescript'
import { type Lister, place } from './place.ts'

/** `await x` → `x`: a promise where its value was meant. */
export const dropAwait: Lister = (node, source) =>
  ts.isAwaitExpression(node) ? [place(node.getStart(source), node.expression.getStart(source), '')] : []
