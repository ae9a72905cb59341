import { posix } from 'node:path'
import ts from 'typescript'
import { importsOf } from '../../imports.ts'
import { isRelative, namedBy } from '../../specifiers.ts'
import { distance } from '../../spelling.ts'
import { type Change, type Operator, type Site, swapNode } from '../operator.ts'
import { isRepairable } from '../repository.ts'

/** The wrong thing is imported: another name of the module, another module with the name, default for named. */
export const imports: Operator = {
  name: 'import',
  prior: 0.45,
  signs: { 'type-error': 1.6, 'name-error': 2, undefined: 1.3, kind: 1.2 },
  changes(node, site) {
    if (!ts.isImportDeclaration(node) && !ts.isVariableStatement(node)) return []
    const taken = importsOf(site.source.file).filter((one) => one.statement === node && isRelative(one.specifier.text))
    return taken.flatMap((one) => [...otherNames(one, site), ...otherModules(one, site), ...otherForm(one)])
  },
}

type Taken = ReturnType<typeof importsOf>[number]

function otherNames({ specifier, name, local, element }: Taken, { source, repository }: Site): Change[] {
  const target = namedBy(repository.files, source.path, specifier.text)
  if (!element || !target) return []
  const required = ts.isBindingElement(element)
  return repository
    .exportsOf(target.path)
    .filter((other) => other !== name && other !== 'default')
    .map((other) => ({
      other,
      // What it is called here is what it most likely is.
      odds: Math.max(...[name, local].map((one) => 0.3 + 0.6 * likeness(one, other))),
    }))
    .sort((a, b) => b.odds - a.odds)
    .slice(0, 4)
    .map(({ other, odds }) => ({
      swaps: [swapNode(element, other === local ? other : `${other}${required ? ':' : ' as'} ${local}`)],
      summary: other === local ? `Imports ${other} itself` : `Imports ${other} as ${local}`,
      odds,
    }))
}

const likeness = (a: string, b: string): number => 1 - Math.min(1, distance(a, b) / Math.max(a.length, b.length))

function otherModules({ specifier, name, local }: Taken, { source, repository }: Site): Change[] {
  const target = namedBy(repository.files, source.path, specifier.text)
  const quote = specifier.getText()[0] ?? "'"
  const wanted = name === '*' ? null : name
  return Object.keys(repository.files)
    .filter((path) => path !== source.path && path !== target?.path && isRepairable(path, repository.files[path] ?? ''))
    .filter((path) =>
      wanted === null
        ? beside(path, target?.path ?? source.path)
        : exportsIt(repository.exportsOf(path), wanted, local, path),
    )
    .slice(0, 4)
    .map((path) => ({
      swaps: [swapNode(specifier, `${quote}${relative(source.path, path, specifier.text)}${quote}`)],
      summary: `Imports ${local} from ${path}`,
      odds: wanted === null || wanted === 'default' ? 0.4 : 1,
    }))
}

const exportsIt = (all: string[], name: string, local: string, path: string): boolean =>
  name === 'default'
    ? all.includes('default') && posix.basename(path).toLowerCase().startsWith(local.toLowerCase())
    : all.includes(name)

const beside = (a: string, b: string): boolean => posix.dirname(a) === posix.dirname(b)

/** As the specifier it replaces is written: with or without an ending. */
function relative(from: string, to: string, like: string): string {
  const path = posix.relative(posix.dirname(from), to)
  const full = path.startsWith('.') ? path : `./${path}`
  const ending = posix.extname(like)
  return /^\.[cm]?[jt]sx?$/.test(ending)
    ? full.slice(0, -posix.extname(full).length) + ending
    : full.slice(0, -posix.extname(full).length)
}

/** `import a from` for `import { a } from`, and back. */
function otherForm({ name, local, required, statement, element }: Taken): Change[] {
  if (required || !ts.isImportDeclaration(statement)) {
    if (!required || !ts.isVariableStatement(statement)) return []
    const [declaration] = statement.declarationList.declarations
    if (!declaration || statement.declarationList.declarations.length > 1) return []
    if (!element)
      return [
        { swaps: [swapNode(declaration.name, `{ ${local} }`)], summary: `Takes ${local} out of the module`, odds: 0.7 },
      ]
    const alone = ts.isObjectBindingPattern(declaration.name) && declaration.name.elements.length === 1
    return alone
      ? [{ swaps: [swapNode(declaration.name, local)], summary: `Takes the module as ${local}`, odds: 0.7 }]
      : []
  }
  const clause = statement.importClause
  if (!clause) return []
  if (name === 'default' && !clause.namedBindings) {
    return [
      { swaps: [swapNode(clause, `{ ${local} }`)], summary: `Imports ${local} by name` },
      { swaps: [swapNode(clause, `* as ${local}`)], summary: `Imports all of the module as ${local}`, odds: 0.5 },
    ]
  }
  const named = clause.namedBindings
  if (element && named && ts.isNamedImports(named) && named.elements.length === 1 && !clause.name) {
    return [{ swaps: [swapNode(clause, local)], summary: `Imports the default as ${local}` }]
  }
  if (name === '*' && !clause.name)
    return [{ swaps: [swapNode(clause, local)], summary: `Imports the default as ${local}`, odds: 0.7 }]
  return []
}
