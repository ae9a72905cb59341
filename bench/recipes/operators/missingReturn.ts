import ts from 'typescript'
import { type Lister, place } from './place.ts'
import { inList } from './removeGuard.ts'

/** `return x` → `x`, and `() => x` → `() => { x }`. */
export const missingReturn: Lister = (node, source) => {
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) {
    const body = node.body.getText(source)
    return [place(node.body.getStart(source), node.body.end, `{ ${asStatement(body)} }`)]
  }
  if (!ts.isReturnStatement(node) || !node.expression) return []
  const text = asStatement(node.expression.getText(source))
  // Without semicolons, what starts like the rest of an expression would join the line before.
  const apart = /^[([`+\-/]/.test(text) && inList(node) ? ';' : ''
  return [place(node.getStart(source), node.expression.end, apart + text)]
}

/** An expression that would be read as a declaration or a block is put in parentheses. */
const asStatement = (text: string): string => (/^(\{|function\b|async\b|class\b|let\b)/.test(text) ? `(${text})` : text)
