import { posix } from 'node:path'
import ts from 'typescript'

export type Format = 'esm' | 'commonjs'

/** How Node loads a file: by its ending, its syntax, then its package. */
export function formatOf(files: Record<string, string>, path: string, file: ts.SourceFile): Format {
  if (/\.m[jt]s$/.test(path)) return 'esm'
  if (/\.c[jt]s$/.test(path)) return 'commonjs'
  if (file.statements.some(isModuleSyntax)) return 'esm'
  if (packageOf(files, path).type === 'module') return 'esm'
  return 'commonjs'
}

const isModuleSyntax = (statement: ts.Statement): boolean =>
  (ts.isImportDeclaration(statement) && !statement.importClause?.isTypeOnly) ||
  ts.isExportDeclaration(statement) ||
  ts.isExportAssignment(statement) ||
  (ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false))

interface Package {
  type?: string
  dependencies?: Record<string, string>
}

/** The nearest `package.json` above a file; an empty one where none can be read. */
export function packageOf(files: Record<string, string>, path: string): Package {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    const text = files[folder === '.' ? 'package.json' : `${folder}/package.json`]
    const parsed = text === undefined ? undefined : ts.parseConfigFileTextToJson('package.json', text).config
    if (typeof parsed === 'object' && parsed !== null) return parsed
    if (folder === '.' || folder === '/') return {}
  }
}
