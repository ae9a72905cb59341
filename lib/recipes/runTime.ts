import { isBuiltin } from 'node:module'
import ts from 'typescript'
import { type Imported, importsOf } from './imports.ts'
import { formatOf, packageOf } from './moduleFormat.ts'
import { brokenCycle } from './moduleGraph.ts'
import type { Source } from './source.ts'
import { endingOf, isRelative, namedBy, specifierTo } from './specifiers.ts'
import { isTest } from './typed.ts'
import type { Types } from './types.ts'

/** An import that works at run time, with its specifier as the project writes them. */
export interface Working {
  text: string
  /** The project with the import. */
  after: Types
  /** Repository path, or name of the module. */
  from: string
  kind: 'file' | 'builtin' | 'package'
}

type Refusal = { why: string }
type Files = Record<string, string>

/** The import that `proposed` has and the file has not, held against how the project really runs. */
export function working(types: Types, files: Files, source: Source, proposed: string): Working | Refusal {
  const { path } = source
  const added = addedIn(source, proposed)
  if (!added) return { why: 'the compiler proposes something else than one import' }
  const format = formatOf(files, path, source.file)
  if (added.required && format === 'esm') return { why: `${path} is an ES module: there is no require` }
  if (!added.required && format === 'commonjs') return { why: `${path} is CommonJS: it cannot import` }
  const { text: specifier } = added.specifier
  if (isBuiltin(specifier))
    return { text: proposed, after: types.with({ [path]: proposed }), from: specifier, kind: 'builtin' }
  if (isRelative(specifier)) {
    const target = namedBy(files, path, specifier)?.path
    if (target === undefined) return { why: `${specifier} names none of the project's files` }
    return checked(types, files, source, { proposed, added, target, format })
  }
  const after = types.with({ [path]: proposed })
  const target = fileOf(after, path, specifier)
  if (target) return checked(types, files, source, { proposed, added, target, format })
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
  if (packageOf(files, path).dependencies?.[name] === undefined)
    return { why: `${name} is no dependency of the project` }
  return { text: proposed, after, from: specifier, kind: 'package' }
}

interface Candidate {
  proposed: string
  added: Imported
  target: string
  format: 'esm' | 'commonjs'
}

function checked(types: Types, files: Files, source: Source, candidate: Candidate): Working | Refusal {
  const { proposed, added, format } = candidate
  const { path } = source
  const target = runTimeFile(files, candidate.target)
  if (!target) return { why: `${candidate.target} only declares types: it is not there at run time` }
  if (isTest(target)) return { why: `${target} belongs to the tests` }
  const file = types.file(target)
  if (!file || (added.name !== '*' && !exportsOf(types, file).has(added.name))) {
    return { why: `${target} does not export ${added.name}` }
  }
  if (format === 'commonjs' && formatOf(files, target, file) === 'esm') return { why: `${target} cannot be required` }
  const specifier = added.specifier.text
  const written = isRelative(specifier) ? specifierTo(files, path, target, format) : specifier
  if (written === null) return { why: `nothing shows how ${path} would have to name ${target} at run time` }
  const text = proposed.slice(0, added.specifier.getStart() + 1) + written + proposed.slice(added.specifier.end - 1)
  const after = types.with({ [path]: text })
  const broken = brokenCycle(after, { ...files, [path]: text }, path, target)
  return broken ? { why: broken } : { text, after, from: target, kind: 'file' }
}

/** The one import of a text that the file does not have. */
export function addedIn(source: Source, proposed: string): Imported | null {
  const key = ({ specifier, name, local }: Imported): string => `${specifier.text} ${name} ${local}`
  const known = new Set(importsOf(source.file).map(key))
  const parsed = ts.createSourceFile(source.file.fileName, proposed, ts.ScriptTarget.ESNext, true)
  const added = importsOf(parsed).filter((each) => !known.has(key(each)))
  return added.length === 1 ? added[0]! : null
}

function fileOf(types: Types, path: string, specifier: string): string | null {
  const file = types.file(path)
  const found = file && importsOf(file).find((each) => each.specifier.text === specifier)
  const module = found && types.checker.getSymbolAtLocation(found.specifier)?.declarations?.find(ts.isSourceFile)
  return module ? types.pathOf(module.fileName) : null
}

/** Of a declaration file (`csv.d.ts`) the JavaScript beside it; null where there is none. */
function runTimeFile(files: Files, path: string): string | null {
  if (!/\.d\.[cm]?ts$/.test(path)) return path
  const script = path.slice(0, -`.d${endingOf(path)}`.length) + endingOf(path).replace('t', 'j')
  return script in files ? script : null
}

/** Names of the values a module gives, `default` among them. */
export function exportsOf(types: Types, file: ts.SourceFile): Set<string> {
  // The compiler hides the symbol of a CommonJS file, which has no syntax of a module.
  const module = types.checker.getSymbolAtLocation(file) ?? (file as { symbol?: ts.Symbol }).symbol
  if (!module) return new Set()
  const whole = module.exports?.get(ts.InternalSymbolName.ExportEquals)
  const parts = whole ? types.checker.getTypeOfSymbol(whole).getProperties() : []
  const values = types.checker.getExportsOfModule(module).filter((symbol) => {
    const meant = symbol.flags & ts.SymbolFlags.Alias ? types.checker.getAliasedSymbol(symbol) : symbol
    return (meant.flags & ts.SymbolFlags.Value) !== 0
  })
  return new Set([...values, ...parts].map(({ name }) => name).concat(whole ? ['default'] : []))
}
