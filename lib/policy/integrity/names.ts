import ts from 'typescript'
import { declarationOf } from './scopes.ts'
import { bare, foldedOf } from './syntax.ts'

const GLOBALS = /^(?:globalThis|window|self|global)\./
/** Modules of the runtime that are known by their own name, whatever a file calls them. */
const MODULES = /^(?:node:)?(process|assert|vm|module|child_process|http|https|net|tls|dgram|dns|http2)(?:\/strict)?$/
/** What is followed when a file gives it another name: `const e = eval`, `const P = Array.prototype`. */
const FOLLOWED =
  /^(?:process|eval|Function|require|fetch|atob|globalThis|window|self|global|assert|vm|module|child_process|http|https|net|tls|dgram|dns|http2|console|import\.meta|Reflect|Deno|Bun|Intl|JSON|Math|Object|Array|String|Number|Boolean|Promise|Map|Set|Date|RegExp|Error|Symbol)(?:\.\w+)*$|^Error\(\)\.stack$/
/** Names that name each other. */
const DEEPEST = 5

/**
 * `console.log` for any spelling of it (`console['log']`, `globalThis.console?.log`, `const { log } = console`); '' for
 * what has no such name. A function that is borrowed (`exit.call(process)`) is still that function.
 */
export function nameOf(node: ts.Node, depth = 0): string {
  const parts: string[] = []
  let at = bare(node as ts.Expression)
  for (;;) {
    if (ts.isPropertyAccessExpression(at)) parts.unshift(at.name.text)
    else if (ts.isElementAccessExpression(at)) {
      const key = foldedOf(at.argumentExpression)
      if (key === null) break
      parts.unshift(key)
    } else break
    at = bare(at.expression)
  }
  if (parts.length > 1 && /^(?:call|apply|bind)$/.test(parts.at(-1) ?? '')) parts.pop()
  if (ts.isIdentifier(at)) parts.unshift(meant(at, depth))
  else if (at.kind === ts.SyntaxKind.ThisKeyword) parts.unshift('this')
  else if (ts.isMetaProperty(at)) parts.unshift(`import.${at.name.text}`)
  else if (ts.isCallExpression(at) || ts.isNewExpression(at)) parts.unshift(calledName(at, depth))
  else parts.unshift('')
  return parts.join('.').replace(GLOBALS, '')
}

/** What a call gives, by name: a module that is loaded is that module. */
function calledName(call: ts.CallExpression | ts.NewExpression, depth: number): string {
  const name = nameOf(call.expression, depth)
  const [first] = call.arguments ?? []
  const module = name === 'require' && first && MODULES.exec(foldedOf(first) ?? '')?.[1]
  return module || `${name}()`
}

/** What a name was declared to be, where that is something of the runtime; else the name itself. */
function meant(name: ts.Identifier, depth: number): string {
  const declaration = depth > DEEPEST ? null : declarationOf(name)
  if (!declaration) return name.text
  if (ts.isImportSpecifier(declaration)) {
    const module = moduleName(declaration.parent.parent.parent.moduleSpecifier)
    const imported = (declaration.propertyName ?? declaration.name).text
    return module ? (imported === 'default' ? module : `${module}.${imported}`) : name.text
  }
  if (ts.isImportClause(declaration)) return moduleName(declaration.parent.moduleSpecifier) ?? name.text
  if (ts.isNamespaceImport(declaration)) return moduleName(declaration.parent.parent.moduleSpecifier) ?? name.text
  if (ts.isImportEqualsDeclaration(declaration)) {
    const { moduleReference } = declaration
    return (ts.isExternalModuleReference(moduleReference) && moduleName(moduleReference.expression)) || name.text
  }
  if (!ts.isVariableDeclaration(declaration) && !ts.isBindingElement(declaration)) return name.text
  const value = pathOf(declaration, depth + 1)
  return value !== null && FOLLOWED.test(value) ? value : name.text
}

const moduleName = (specifier: ts.Expression): string | null =>
  (ts.isStringLiteralLike(specifier) && MODULES.exec(specifier.text)?.[1]) || null

/** The whole path of the `k` of `const { env: { KEY: k } } = process`; null where there is no such path. */
function pathOf(declaration: ts.VariableDeclaration | ts.BindingElement, depth: number): string | null {
  const keys: string[] = []
  let at: ts.Node = declaration
  while (ts.isBindingElement(at)) {
    if (!ts.isObjectBindingPattern(at.parent) || at.dotDotDotToken) return null
    keys.unshift((at.propertyName ?? at.name).getText().replace(/['"]/g, ''))
    at = at.parent.parent
  }
  if (!ts.isVariableDeclaration(at) || !at.initializer) return null
  const value = bare(at.initializer)
  const named = ts.isIdentifier(value) || ts.isPropertyAccessExpression(value) || ts.isElementAccessExpression(value)
  if (!named && !ts.isCallExpression(value) && !ts.isMetaProperty(value)) return null
  return [nameOf(value, depth), ...keys].join('.').replace(GLOBALS, '')
}
