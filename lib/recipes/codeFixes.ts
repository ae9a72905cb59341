import ts from 'typescript'
import { declarationOf, namesIn } from './bindings.ts'
import type { Source } from './source.ts'
import { isSlip } from './spelling.ts'
import { replaced, type Swap } from './swap.ts'
import type { Types } from './types.ts'

/** One of the compiler's own code fixes, applied to the file it was asked for. */
export interface Applied {
  kind: Kind
  /** The file with the fix. */
  text: string
  /** What stands in the name's place; for an import the name itself. */
  word: string
}

/**
 * The only fixes that are taken: everything else the compiler offers declares what is missing, loosens a type or
 * silences the error.
 */
const KINDS = { import: 'import', spelling: 'spelling', forgottenThisPropertyAccess: 'this' } as const
export type Kind = (typeof KINDS)[keyof typeof KINDS]

const isKind = (name: string): name is keyof typeof KINDS => Object.hasOwn(KINDS, name)

/** How the compiler would repair what it has against exactly this name, and against the same name elsewhere in the file. */
export function fixesFor(types: Types, source: Source, name: ts.Node): Applied[] {
  return faultsAt(types, source, name).flatMap((fault) => {
    const fixes = [...fixesOf(types, source, fault), ...takenApart(source, name)]
    return fixes.flatMap(({ fixName, swaps }): Applied[] => {
      if (!isKind(fixName)) return []
      const kind = KINDS[fixName]
      if (kind === 'import') return [{ kind, text: replaced(source.text, 0, swaps), word: name.getText() }]
      const word = swaps[0]?.text ?? ''
      const renamed = renaming(source, name, word)
      const others = same(types, source, fault).flatMap((other) =>
        fixesOf(types, source, other).flatMap((fix) => (fix.fixName === fixName ? fix.swaps : [])),
      )
      return [{ kind, text: replaced(source.text, 0, renamed ?? others), word }]
    })
  })
}

interface Fix {
  fixName: string
  swaps: Swap[]
}

function fixesOf(types: Types, source: Source, { start, length, code }: ts.Diagnostic): Fix[] {
  const from = start ?? 0
  const to = from + (length ?? 0)
  const { fileName } = source.file
  const fixes = types.service.getCodeFixesAtPosition(
    fileName,
    from,
    to,
    [code],
    formatOf(source),
    preferencesOf(types, source),
  )
  return fixes.flatMap(({ fixName, changes }) => {
    const [change] = changes
    if (!change || changes.length !== 1 || change.fileName !== fileName) return []
    const swaps = change.textChanges.map(({ span, newText }) => ({
      from: span.start,
      to: span.start + span.length,
      text: newText,
    }))
    return [{ fixName, swaps }]
  })
}

/** For a name in `{ databse } = config` the compiler proposes nothing: the one property it can be a slip for. */
function takenApart({ checker }: Source, name: ts.Node): Fix[] {
  if (!ts.isBindingElement(name.parent) || !ts.isIdentifier(name)) return []
  const properties = checker.getTypeAtLocation(name.parent.parent).getProperties()
  const near = properties.filter((property) => isSlip(property.name, name.text))
  const [word] = near
  if (!word || near.length > 1) return []
  return [{ fixName: 'spelling', swaps: [{ from: name.getStart(), to: name.end, text: word.name }] }]
}

/** A name bound under the name it is taken by (`{ punds }`) changes everywhere, or keeps its own where the right one is taken. */
function renaming(source: Source, name: ts.Node, word: string): Swap[] | null {
  const { parent } = name
  if (!ts.isImportSpecifier(parent) && !ts.isBindingElement(parent)) return null
  if (parent.propertyName || !ts.isIdentifier(parent.name)) return null
  const taken = namesIn(source.file).some(({ text }) => text === word)
  const between = ts.isImportSpecifier(parent) ? ' as ' : ': '
  if (taken) return [{ from: name.getStart(), to: name.end, text: `${word}${between}${name.getText()}` }]
  const uses = namesIn(source.file).filter((use) => declarationOf(source, use) === parent)
  return uses.map((use) => {
    const short = ts.isShorthandPropertyAssignment(use.parent)
    return { from: use.getStart(), to: use.end, text: short ? `${use.text}: ${word}` : word }
  })
}

const same = (types: Types, source: Source, { code, messageText }: ts.Diagnostic): ts.Diagnostic[] => {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ')
  return types.service
    .getSemanticDiagnostics(source.file.fileName)
    .filter((other) => other.code === code && ts.flattenDiagnosticMessageText(other.messageText, ' ') === text)
}

/** Errors whose span is this name. */
export function faultsAt(types: Types, source: Source, name: ts.Node): ts.Diagnostic[] {
  const at = name.getStart()
  return types.service.getSemanticDiagnostics(source.file.fileName).filter(({ category, start, length }) => {
    return category === ts.DiagnosticCategory.Error && start === at && at + (length ?? 0) === name.end
  })
}

function formatOf({ style }: Source): ts.FormatCodeSettings {
  return {
    ...ts.getDefaultFormatCodeSettings(style.eol),
    convertTabsToSpaces: style.unit !== '\t',
    indentSize: style.unit === '\t' ? 4 : style.unit.length,
    semicolons: style.semicolon ? ts.SemicolonPreference.Insert : ts.SemicolonPreference.Remove,
  }
}

/** Aliases (`@/lib/money`) only in files that name all of the project's files by them. */
function preferencesOf(types: Types, source: Source): ts.UserPreferences {
  const specifiers = source.file.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier : [],
  )
  const own = specifiers.filter((specifier) => {
    const file = types.checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile)
    return file && types.pathOf(file.fileName) !== null
  })
  const aliased = own.length > 0 && own.every(({ text }) => !text.startsWith('.'))
  return {
    quotePreference: source.style.quote === "'" ? 'single' : 'double',
    importModuleSpecifierPreference: aliased ? 'non-relative' : 'relative',
    includeCompletionsForModuleExports: true,
  }
}
