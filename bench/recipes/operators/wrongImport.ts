import ts from 'typescript'
import { type Lister, place } from './place.ts'

/**
 * What was meant is not what is imported: a path with its last letter missing, the path of another import of the file, or
 * another name of the same import. Listed at each import; type imports vanish before they could be wrong.
 */
export const wrongImport: Lister = (node, source) => {
  if (ts.isImportDeclaration(node)) {
    if (node.importClause?.isTypeOnly) return []
    return [...paths(node.moduleSpecifier, source), ...namedImports(node, source)]
  }
  if (!isRequire(node)) return []
  return [...paths(node.arguments[0]!, source), ...namedRequires(node, source)]
}

const isRequire = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === 'require' &&
  node.arguments.length === 1 &&
  ts.isStringLiteral(node.arguments[0]!)

function paths(literal: ts.Expression, source: ts.SourceFile) {
  if (!ts.isStringLiteral(literal)) return []
  const own = literal.text
  const [start, end] = [literal.getStart(source) + 1, literal.end - 1]
  const others = [...new Set(specifiers(source))].filter((other) => other !== own)
  const misspelt = /^\.{1,2}\/.*[\w-]{2}/.test(own) ? [own.replace(/[\w-](\.\w+)?$/, '$1')] : []
  return [...misspelt, ...others].filter((text) => text !== own).map((text) => place(start, end, text))
}

function specifiers(source: ts.SourceFile): string[] {
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly && ts.isStringLiteral(node.moduleSpecifier))
      found.push(node.moduleSpecifier.text)
    if (isRequire(node)) found.push((node.arguments[0] as ts.StringLiteral).text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function namedImports({ importClause }: ts.ImportDeclaration, source: ts.SourceFile) {
  const bindings = importClause?.namedBindings
  if (!bindings || !ts.isNamedImports(bindings)) return []
  const values = bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly)
  const nameOf = (one: ts.ImportSpecifier) => (one.propertyName ?? one.name).text
  return values.flatMap((one) =>
    values
      .filter((other) => nameOf(other) !== nameOf(one))
      .map((other) => place(one.getStart(source), one.end, `${nameOf(other)} as ${one.name.text}`)),
  )
}

function namedRequires(node: ts.CallExpression, source: ts.SourceFile) {
  const declared = node.parent
  if (!ts.isVariableDeclaration(declared) || !ts.isObjectBindingPattern(declared.name)) return []
  const plain = declared.name.elements.filter(
    (one) =>
      ts.isIdentifier(one.name) && !one.dotDotDotToken && (!one.propertyName || ts.isIdentifier(one.propertyName)),
  )
  const nameOf = (one: ts.BindingElement) => ((one.propertyName ?? one.name) as ts.Identifier).text
  return plain.flatMap((one) =>
    plain
      .filter((other) => nameOf(other) !== nameOf(one))
      .map((other) => place(one.getStart(source), one.name.end, `${nameOf(other)}: ${one.name.getText(source)}`)),
  )
}
