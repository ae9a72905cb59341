import ts from 'typescript'

/** One name a file takes from another module. */
export interface Imported {
  specifier: ts.StringLiteral
  /** `default`, `*`, or the exported name. */
  name: string
  local: string
  required: boolean
  statement: ts.Statement
  /** The name's own part of `{ … }`; null for a default import and for a whole module. */
  element: ts.ImportSpecifier | ts.BindingElement | null
  /** Where the local name is bound. */
  bound: ts.Node
}

/** Imports and requires at the top of a file that bring values in. */
export function importsOf(file: ts.SourceFile): Imported[] {
  return file.statements.flatMap((statement): Imported[] => {
    if (ts.isImportDeclaration(statement)) return imported(statement)
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.flatMap((declaration) => required(statement, declaration))
  })
}

function imported(statement: ts.ImportDeclaration): Imported[] {
  const { importClause, moduleSpecifier: specifier } = statement
  if (!importClause || importClause.isTypeOnly || !ts.isStringLiteral(specifier)) return []
  const base = { specifier, required: false, statement, element: null }
  const { name: bound, namedBindings } = importClause
  const main = bound ? [{ ...base, name: 'default', local: bound.text, bound }] : []
  if (!namedBindings) return main
  if (ts.isNamespaceImport(namedBindings)) {
    return [...main, { ...base, name: '*', local: namedBindings.name.text, bound: namedBindings.name }]
  }
  return [...main, ...namedBindings.elements.filter((e) => !e.isTypeOnly).map((e) => ({ ...base, ...partOf(e) }))]
}

function required(statement: ts.VariableStatement, { name, initializer }: ts.VariableDeclaration): Imported[] {
  if (!initializer || !ts.isCallExpression(initializer) || initializer.expression.getText() !== 'require') return []
  const [specifier] = initializer.arguments
  if (!specifier || !ts.isStringLiteral(specifier)) return []
  const base = { specifier, required: true, statement, element: null }
  if (ts.isIdentifier(name)) return [{ ...base, name: '*', local: name.text, bound: name }]
  return ts.isObjectBindingPattern(name) ? name.elements.map((e) => ({ ...base, ...partOf(e) })) : []
}

const partOf = (element: ts.ImportSpecifier | ts.BindingElement) => ({
  name: (element.propertyName ?? element.name).getText(),
  local: element.name.getText(),
  element,
  bound: element.name,
})
