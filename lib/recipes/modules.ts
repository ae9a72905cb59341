import ts from 'typescript'
import type { Source } from './source.ts'

/** What a file imports from its own repository, and how its imports are changed. */

export interface Imported {
  /** Repository path of the module. */
  path: string
  declaration: ts.ImportDeclaration
  names: ts.NodeArray<ts.ImportSpecifier>
}

/** The named imports of a file that lead to other files given. */
export function importedBy(source: Source, files: Record<string, string>): Imported[] {
  return source.file.statements.flatMap((declaration) => {
    if (!ts.isImportDeclaration(declaration) || !ts.isStringLiteral(declaration.moduleSpecifier)) return []
    const clause = declaration.importClause
    const named = clause?.namedBindings
    if (!clause || clause.phaseModifier || !named || !ts.isNamedImports(named)) return []
    const path = resolved(source.path, declaration.moduleSpecifier.text, files)
    return path === null ? [] : [{ path, declaration, names: named.elements }]
  })
}

/** `../http.ts`, `../http.js` and `../http` of `src/routes/a.ts` are all `src/http.ts`. */
function resolved(from: string, specifier: string, files: Record<string, string>): string | null {
  if (!/^\.\.?\//.test(specifier)) return null
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  const path = parts.join('/')
  const bare = path.replace(/\.[cm]?js$/, '')
  const all = [path, ...['.ts', '.tsx', '.mts', '.js', '.mjs', '/index.ts', '/index.js'].map((end) => bare + end)]
  return all.find((name) => Object.hasOwn(files, name)) ?? null
}

/** The list of names with one more, and without those nothing uses any more; sorted where it was. */
export function renamed(
  imported: Imported,
  added: string,
  unused: Set<string>,
): { from: number; to: number; text: string } {
  const { names } = imported
  const kept = names.map((name) => name.getText()).filter((text) => !unused.has(text) && text !== added)
  const all = [...kept, added]
  const before = names.map((name) => name.getText())
  const sorted = before.every((name, at) => at === 0 || (before[at - 1] ?? '') <= name)
  const text = (sorted ? all.sort() : all).join(', ')
  return { from: names[0]?.getStart() ?? names.pos, to: names.at(-1)?.end ?? names.end, text }
}
