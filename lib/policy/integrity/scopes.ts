import ts from 'typescript'

/** Every declaration of a name, and the part of the file in which it is that name. */
type Bindings = Map<string, { scope: ts.Node; declaration: Declaration }[]>
export type Declaration =
  | ts.VariableDeclaration
  | ts.BindingElement
  | ts.ParameterDeclaration
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.ImportSpecifier
  | ts.ImportClause
  | ts.NamespaceImport
  | ts.ImportEqualsDeclaration

const read = new WeakMap<ts.SourceFile, Bindings>()

/** What declares a name where it is used, the innermost of several; null for a global, or a name nobody declares. */
export function declarationOf(name: ts.Identifier): Declaration | null {
  const tree = name.getSourceFile()
  const bindings = read.get(tree) ?? bindingsOf(tree)
  read.set(tree, bindings)
  let found: { scope: ts.Node; declaration: Declaration } | null = null
  for (const one of bindings.get(name.text) ?? []) {
    const inside = one.scope.pos <= name.pos && name.end <= one.scope.end
    if (inside && (!found || one.scope.pos >= found.scope.pos)) found = one
  }
  return found?.declaration ?? null
}

/** The value a name was declared with, where that is written beside it. */
export function declaredValue(name: ts.Identifier): ts.Expression | null {
  const declaration = declarationOf(name)
  return declaration && ts.isVariableDeclaration(declaration) ? (declaration.initializer ?? null) : null
}

function bindingsOf(tree: ts.SourceFile): Bindings {
  const bindings: Bindings = new Map()
  const open: ts.Node[] = [tree]
  for (let node = open.pop(); node; node = open.pop()) {
    ts.forEachChild(node, (child) => void open.push(child))
    if (!isDeclaration(node) || !node.name || !ts.isIdentifier(node.name)) continue
    const same = bindings.get(node.name.text) ?? []
    same.push({ scope: scopeOf(node), declaration: node })
    bindings.set(node.name.text, same)
  }
  return bindings
}

const isDeclaration = (node: ts.Node): node is Declaration =>
  ts.isVariableDeclaration(node) ||
  ts.isBindingElement(node) ||
  ts.isParameter(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isEnumDeclaration(node) ||
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node) ||
  ts.isNamespaceImport(node) ||
  ts.isImportEqualsDeclaration(node)

function scopeOf(declaration: Declaration): ts.Node {
  let at: ts.Node = declaration.parent
  let hoisted = false
  for (; at.parent; at = at.parent) {
    if (ts.isVariableDeclarationList(at)) hoisted = (at.flags & ts.NodeFlags.BlockScoped) === 0
    if (ts.isFunctionLike(at) || ts.isModuleBlock(at)) break
    const block = ts.isBlock(at) || ts.isCaseBlock(at) || ts.isIterationStatement(at, false) || ts.isCatchClause(at)
    if (block && !hoisted) break
  }
  return at
}
