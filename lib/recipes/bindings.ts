import ts from 'typescript'
import type { Source } from './source.ts'
import { isFunction, walk } from './syntax.ts'

/** Which declaration a name means at a place; null for a global. */
export function declarationOf(source: Source, name: ts.Identifier): ts.Declaration | null {
  const symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? source.checker.getShorthandAssignmentValueSymbol(name.parent)
    : source.checker.getSymbolAtLocation(name)
  return symbol?.declarations?.[0] ?? null
}

/** What a name would mean if it were written at a place; null when nothing in the file declares it there. */
export function meaningAt(source: Source, name: string, at: ts.Node): ts.Declaration | null {
  const symbols = source.checker.getSymbolsInScope(at, ts.SymbolFlags.Value | ts.SymbolFlags.Alias)
  return symbols.find((symbol) => symbol.name === name)?.declarations?.[0] ?? null
}

/** The variable statement's declaration or the parameter a (possibly destructured) name is bound by. */
export function binderOf(declaration: ts.Declaration): ts.VariableDeclaration | ts.ParameterDeclaration | null {
  let at: ts.Node = declaration
  while (ts.isBindingElement(at)) at = at.parent.parent
  return ts.isVariableDeclaration(at) || ts.isParameter(at) ? at : null
}

/** Every value ever assigned to a name after its declaration. */
export function assignmentsOf(source: Source, declaration: ts.Declaration): ts.Expression[] {
  const found: ts.Expression[] = []
  walk(source.file, (node) => {
    if (!ts.isBinaryExpression(node) || !ts.isIdentifier(node.left)) return
    const { kind } = node.operatorToken
    if (kind < ts.SyntaxKind.FirstAssignment || kind > ts.SyntaxKind.LastAssignment) return
    if (declarationOf(source, node.left) === declaration) found.push(node.right)
  })
  return found
}

/** Names used as values inside a node: property names, keys and types left out. */
export function namesIn(node: ts.Node): ts.Identifier[] {
  const found: ts.Identifier[] = []
  walk(node, (at) => {
    if (!ts.isIdentifier(at)) return
    const { parent } = at
    if (ts.isPropertyAccessExpression(parent) && parent.name === at) return
    if (ts.isPropertyAssignment(parent) && parent.name === at) return
    if (ts.isBindingElement(parent) && parent.propertyName === at) return
    if (ts.isTypeNode(parent) || ts.isQualifiedName(parent)) return
    found.push(at)
  })
  return found
}

/** Whether a parameter of a surrounding function has a say in a value: what is asked decides what is found. */
export function fromRequest(source: Source, value: ts.Expression, depth = 8): boolean {
  if (depth === 0) return false
  return namesIn(value).some((name) => {
    const declaration = declarationOf(source, name)
    const binder = declaration && binderOf(declaration)
    if (!binder) return false
    if (ts.isParameter(binder)) return encloses(binder.parent, value)
    return (
      binder.initializer !== undefined && functionAround(binder) && fromRequest(source, binder.initializer, depth - 1)
    )
  })
}

const encloses = (outer: ts.Node, inner: ts.Node): boolean =>
  inner.getStart() >= outer.getStart() && inner.end <= outer.end && inner !== outer

function functionAround(node: ts.Node): boolean {
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) return true
  return false
}
