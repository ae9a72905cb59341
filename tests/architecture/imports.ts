import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import type { Import } from './rooms.ts'

export const ROOT = join(import.meta.dirname, '../..')

/** Source files of the product, tracked or about to be; tests, the sample app and generated files apart. */
export function sources(): string[] {
  const out = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard', '*.ts', '*.tsx'], { cwd: ROOT })
  return out
    .toString('utf8')
    .split('\0')
    .filter(
      (path) =>
        path && !/(^|\/)tests\/|\.test\.|^examples\/(clinic|history)|^next-env|\.config\.ts$|^bench\//.test(path),
    )
}

/** Imports between our own files: relative ones and `@/…`; `import type` is marked. */
export function importsOf(path: string, text: string): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false)
  const found: Import[] = []
  const add = (specifier: string, typeOnly: boolean) => {
    const to = specifier.startsWith('@/')
      ? specifier.slice(2)
      : specifier.startsWith('.')
        ? normalize(join(dirname(path), specifier))
        : null
    if (to && !/\.(css|svg|json|mjs)$/.test(to)) found.push({ from: path, to, typeOnly })
  }
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, node.importClause?.isTypeOnly ?? false)
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments
      if (argument && ts.isStringLiteral(argument)) add(argument.text, false)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

export const allImports = (): Import[] =>
  sources().flatMap((path) => importsOf(path, readFileSync(join(ROOT, path), 'utf8')))
