import ts from 'typescript'
import { binderOf, declarationOf } from './bindings.ts'
import type { Misnamed } from './nameCrash.ts'
import type { Source } from './source.ts'
import { uncast, walk } from './syntax.ts'
import { onLine } from './typed.ts'

/**
 * The names on the crash line that the crash can mean, and those they were bound by: `punds` of `punds(1)` and of
 * `import { punds }`. Nearest to the column first.
 */
export function suspectsIn(source: Source, said: Misnamed, line: number, column: number | null): ts.Node[] {
  const found: ts.Node[] = []
  walk(source.file, (node) => {
    const name = nameIn(node, said)
    if (name && onLine(source.file, name, line)) found.push(name)
  })
  const away = (node: ts.Node): number =>
    column === null ? 0 : Math.abs(source.file.getLineAndCharacterOfPosition(node.getStart()).character + 1 - column)
  found.sort((a, b) => away(a) - away(b))
  return [...new Set(found.flatMap((name) => [name, ...boundBy(source, name)]))]
}

function nameIn(node: ts.Node, said: Misnamed): ts.Node | null {
  if (said.kind === 'undeclared') return ts.isIdentifier(node) && node.text === said.name ? node : null
  if (said.kind === 'called') {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return null
    const name = lastName(node.expression)
    return name?.text === said.name ? name : null
  }
  if (said.kind !== 'read' || !ts.isPropertyAccessExpression(node) || node.questionDotToken) return null
  return node.name.text === said.property ? lastName(node.expression) : null
}

function lastName(node: ts.Expression): ts.Identifier | null {
  const at = uncast(node)
  if (ts.isIdentifier(at)) return at
  return ts.isPropertyAccessExpression(at) && ts.isIdentifier(at.name) ? at.name : null
}

/** The name in the declaration that says what a variable is taken from. */
function boundBy(source: Source, name: ts.Node): ts.Node[] {
  if (!ts.isIdentifier(name)) return []
  const declaration = declarationOf(source, name)
  if (!declaration || declaration.getSourceFile() !== source.file) return []
  if (ts.isImportSpecifier(declaration) || ts.isBindingElement(declaration)) {
    return [declaration.propertyName ?? declaration.name]
  }
  if (ts.isImportClause(declaration) && declaration.name) return [declaration.name]
  const binder = binderOf(declaration)
  const value = binder?.initializer && lastName(binder.initializer)
  return value ? [value] : []
}
