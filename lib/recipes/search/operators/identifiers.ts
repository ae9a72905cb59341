import ts from 'typescript'
import { declarationOf } from '../../bindings.ts'
import { distance } from '../../spelling.ts'
import { functionOf } from '../../syntax.ts'
import { type Change, type Operator, swapNode } from '../operator.ts'

/** At most this many other names are tried for one. */
const MOST = 5

/** Another variable is meant: one in scope that is called alike, or stands next to it. */
export const identifiers: Operator = {
  name: 'variable',
  prior: 0.5,
  signs: { 'name-error': 1.5, undefined: 1.2 },
  changes(node, { source }) {
    if (!ts.isIdentifier(node) || !isRead(node) || node.text === 'undefined') return []
    const own = declarationOf(source, node)
    const others = source.checker
      .getSymbolsInScope(node, ts.SymbolFlags.Variable)
      .flatMap((symbol) => {
        const declaration = symbol.valueDeclaration
        if (!declaration || declaration === own || symbol.name === node.text) return []
        if (declaration.getSourceFile() !== source.file || declares(declaration, node)) return []
        return [{ name: symbol.name, odds: likeness(node, own, symbol.name, declaration) }]
      })
      .sort((a, b) => b.odds - a.odds)
      .slice(0, MOST)
    return others.map(({ name, odds }): Change => {
      const text = ts.isShorthandPropertyAssignment(node.parent) ? `${node.text}: ${name}` : name
      return { swaps: [swapNode(node, text)], summary: `Uses ${name} instead of ${node.text}`, odds }
    })
  },
}

/** A name used as a value; a callee is the business of another operator. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node
  if (ts.isBindingElement(parent)) return parent.initializer === node
  return ts.isExpression(parent) || ts.isTemplateSpan(parent) || ts.isStatement(parent) || ts.isSpreadElement(parent)
}

/** The name's own declaration would use itself, or it comes only later. */
const declares = (declaration: ts.Declaration, node: ts.Node): boolean =>
  ts.isVariableDeclaration(declaration) &&
  ((declaration.initializer !== undefined && declaration.pos <= node.pos && node.end <= declaration.end) ||
    (functionOf(declaration) === functionOf(node) && declaration.pos > node.pos))

function likeness(node: ts.Identifier, own: ts.Declaration | null, name: string, declaration: ts.Declaration): number {
  const [a, b] = [node.text.toLowerCase(), name.toLowerCase()]
  const apart = distance(a, b) / Math.max(a.length, b.length)
  const holds = a.includes(b) || b.includes(a) ? 0.3 : 0
  const alike = Math.max(0, 1 - apart) * 0.5 + (Math.min(a.length, b.length) > 2 ? holds : 0)
  const beside = own && own.parent === declaration.parent && own.kind === declaration.kind ? 0.35 : 0
  const near = functionOf(declaration) === functionOf(node) ? 0.2 : functionOf(declaration) ? 0.1 : -0.1
  const constant = /^[A-Z]/.test(node.text) === /^[A-Z]/.test(name) ? 0 : -0.3
  return Math.max(0.05, Math.min(1, alike + beside + near + constant))
}
