import ts from 'typescript'
import { isRelative, namedBy } from './specifiers.ts'
import { isFunction } from './syntax.ts'
import type { Types } from './types.ts'

/**
 * Why an import of `to` in `from`, already written in this project, would not work for the cycle it closes: something of
 * the cycle is read while modules load, or modules are required, which hands out half-filled ones. Null when it works.
 */
export function brokenCycle(types: Types, files: Record<string, string>, from: string, to: string): string | null {
  const around = [...reach(types, files, to)].filter((path) => reach(types, files, path).has(from))
  if (!around.includes(to)) return null
  for (const path of around) {
    if (requires(types, path)) return `${to} would be required while ${from} is only half loaded`
    const read = readWhileLoading(types, files, path, new Set(around))
    if (read) return `${path} reads ${read} of a cycle of imports while it loads`
  }
  return null
}

const requires = (types: Types, path: string): boolean =>
  types.file(path)?.statements.some((statement) => ts.isVariableStatement(statement) && specifierOf(statement)) ?? false

/** Modules that load with a module, itself included. */
function reach(types: Types, files: Record<string, string>, start: string): Set<string> {
  const seen = new Set([start])
  for (const path of seen) for (const { target } of linksOf(types, files, path)) seen.add(target)
  return seen
}

interface Link {
  target: string
  names: ts.Identifier[]
}

function linksOf(types: Types, files: Record<string, string>, path: string): Link[] {
  return (types.file(path)?.statements ?? []).flatMap((statement): Link[] => {
    const specifier = specifierOf(statement)
    if (!specifier) return []
    const target = isRelative(specifier.text)
      ? (namedBy(files, path, specifier.text)?.path ?? null)
      : declaredIn(types, specifier)
    return target ? [{ target, names: namesBound(statement) }] : []
  })
}

function specifierOf(statement: ts.Statement): ts.StringLiteral | null {
  if (ts.isImportDeclaration(statement)) {
    return !isErased(statement) && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier : null
  }
  if (ts.isExportDeclaration(statement)) {
    const { isTypeOnly, moduleSpecifier } = statement
    return !isTypeOnly && moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier : null
  }
  const value = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.initializer : null
  if (!value || !ts.isCallExpression(value) || value.expression.getText() !== 'require') return null
  const [first] = value.arguments
  return first && ts.isStringLiteral(first) ? first : null
}

function isErased({ importClause }: ts.ImportDeclaration): boolean {
  if (!importClause) return false
  if (importClause.isTypeOnly) return true
  const { namedBindings, name } = importClause
  return !name && namedBindings && ts.isNamedImports(namedBindings) && namedBindings.elements.length > 0
    ? namedBindings.elements.every((element) => element.isTypeOnly)
    : false
}

function declaredIn(types: Types, specifier: ts.StringLiteral): string | null {
  const file = types.checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile)
  return file ? types.pathOf(file.fileName) : null
}

function namesBound(statement: ts.Statement): ts.Identifier[] {
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined
  const bindings = clause?.namedBindings
  const named = bindings ? (ts.isNamedImports(bindings) ? bindings.elements.map((e) => e.name) : [bindings.name]) : []
  return clause?.name ? [clause.name, ...named] : named
}

/** Follows functions of the module that are named at its top: whoever names one there may call it. */
function readWhileLoading(
  types: Types,
  files: Record<string, string>,
  path: string,
  around: Set<string>,
): string | null {
  const file = types.file(path)
  const links = linksOf(types, files, path).filter(({ target }) => around.has(target))
  const bound = new Set(links.flatMap(({ names }) => names.map((name) => types.checker.getSymbolAtLocation(name))))
  const entered = new Set<ts.Node>()
  let found: string | null = null
  const visit = (node: ts.Node): void => {
    if (found || ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
    if (ts.isIdentifier(node) && !ts.isExportSpecifier(node.parent)) {
      const symbol = types.checker.getSymbolAtLocation(node)
      if (symbol && bound.has(symbol)) found = node.text
      const body = bodyOf(symbol?.valueDeclaration)
      if (body && body.getSourceFile() === file && !declares(node) && !entered.has(body)) {
        entered.add(body)
        visit(body)
      }
    }
    ts.forEachChild(node, (child) => {
      if (!isFunction(child) || isCalledAtOnce(child)) visit(child)
    })
  }
  if (file) visit(file)
  return found
}

const isCalledAtOnce = (fn: ts.Node): boolean =>
  ts.isCallExpression(fn.parent) || (ts.isParenthesizedExpression(fn.parent) && ts.isCallExpression(fn.parent.parent))

const declares = (name: ts.Identifier): boolean =>
  (ts.isFunctionDeclaration(name.parent) || ts.isVariableDeclaration(name.parent)) && name.parent.name === name

function bodyOf(declaration: ts.Declaration | undefined): ts.Node | null {
  if (!declaration) return null
  if (ts.isFunctionDeclaration(declaration)) return declaration.body ?? null
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value.body : null
}
