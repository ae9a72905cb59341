import ts from 'typescript'
import { isTest } from '../typed.ts'

/** What the whole repository says about names, read without types: cheap, and enough to choose between neighbours. */
export interface Repository {
  files: Record<string, string>
  /** Names of values a module exports, by path; `default` among them. */
  exportsOf(path: string): string[]
  /** Names of the parameters of the one function so called; null where there are none or several that differ. */
  parametersOf(name: string): string[] | null
  /** Properties read from or written to anything of this name, with how often. */
  propertiesOf(name: string): Map<string, number>
}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/
const LEFT_OUT =
  /(?:^|\/)(?:node_modules|dist|build|out|coverage|vendor|fixtures?|\.[^/]+)\/|\.min\.[cm]?js$|\.d\.[cm]?ts$|\.config\.[cm]?[jt]s$|(?:^|\/)\.[^/]+$/

/** A file people write and a repair may change: no test, configuration, generated or minified file. */
export function isRepairable(path: string, text: string): boolean {
  return SOURCE.test(path) && !LEFT_OUT.test(path) && !isTest(path) && !TESTS.test(path) && !isGenerated(text)
}

/** Names runners give test files besides the common ones. */
const TESTS = /(?:^|\/)(?:test|tests)(?:[-_.][^/]*)?\.[cm]?[jt]sx?$|[-_](?:test|spec)\.[cm]?[jt]sx?$/
const isGenerated = (text: string): boolean =>
  /@generated|do not edit/i.test(text.slice(0, 400)) || text.length > 400_000

export function openRepository(files: Record<string, string>): Repository {
  let index: Index | null = null
  const read = (): Index => {
    index ??= indexOf(files)
    return index
  }
  return {
    files,
    exportsOf: (path) => read().exports.get(path) ?? [],
    parametersOf(name) {
      const all = read().parameters.get(name) ?? []
      const [first] = all
      return first && all.every((other) => other.join() === first.join()) ? first : null
    },
    propertiesOf: (name) => read().properties.get(name) ?? new Map(),
  }
}

interface Index {
  exports: Map<string, string[]>
  parameters: Map<string, string[][]>
  properties: Map<string, Map<string, number>>
}

function indexOf(files: Record<string, string>): Index {
  const index: Index = { exports: new Map(), parameters: new Map(), properties: new Map() }
  for (const [path, text] of Object.entries(files)) {
    if (!SOURCE.test(path) || text.length > 400_000) continue
    const file = ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.ESNext, true)
    index.exports.set(path, exported(file))
    if (isRepairable(path, text)) note(file, index)
  }
  return index
}

function note(file: ts.SourceFile, { parameters, properties }: Index): void {
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const name = calledBy(node)
      const given = node.parameters.map((parameter) => parameter.name.getText(file))
      if (name) parameters.set(name, [...(parameters.get(name) ?? []), given])
    }
    if (ts.isPropertyAccessExpression(node)) {
      const on = ts.isPropertyAccessExpression(node.expression)
        ? node.expression.name.text
        : node.expression.getText(file)
      const seen = properties.get(on) ?? new Map<string, number>()
      seen.set(node.name.text, (seen.get(node.name.text) ?? 0) + 1)
      properties.set(on, seen)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
}

/** The name a function is called by: its own, its variable's or its property's. */
export function calledBy(fn: ts.Node): string | null {
  if ('name' in fn && fn.name && ts.isIdentifier(fn.name as ts.Node)) return (fn.name as ts.Identifier).text
  if (ts.isConstructorDeclaration(fn)) return fn.parent.name?.text ?? null
  const { parent } = fn
  if (!parent) return null
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return ts.isIdentifier(parent.name) ? parent.name.text : null
  }
  if (!ts.isBinaryExpression(parent) || parent.right !== fn) return null
  if (ts.isPropertyAccessExpression(parent.left)) {
    const { text } = parent.left.name
    return text === 'exports' ? null : text
  }
  return ts.isIdentifier(parent.left) ? parent.left.text : null
}

function exported(file: ts.SourceFile): string[] {
  const found: string[] = []
  for (const statement of file.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
    const has = (kind: ts.SyntaxKind): boolean => modifiers.some((modifier) => modifier.kind === kind)
    if (ts.isExportAssignment(statement)) found.push('default')
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      found.push(...statement.exportClause.elements.map((element) => element.name.text))
    }
    if (has(ts.SyntaxKind.ExportKeyword)) {
      if (has(ts.SyntaxKind.DefaultKeyword)) found.push('default')
      else if (ts.isVariableStatement(statement)) {
        found.push(...statement.declarationList.declarations.map(({ name }) => name.getText(file)))
      } else if ('name' in statement && statement.name) found.push((statement.name as ts.Identifier).text)
    }
    found.push(...assigned(statement, file))
  }
  return found
}

/** `exports.a = …`, `module.exports.a = …`, `module.exports = { a, b }`. */
function assigned(statement: ts.Statement, file: ts.SourceFile): string[] {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return []
  const { left, right } = statement.expression
  const target = left.getText(file)
  const named = /^(?:module\.)?exports\.([\w$]+)$/.exec(target)
  if (named) return [named[1]!]
  if (target !== 'module.exports') return []
  if (!ts.isObjectLiteralExpression(right)) return ['default']
  return right.properties.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []))
}
