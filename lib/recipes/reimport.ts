import ts from 'typescript'
import type { RecipeInput } from '../domain/repair.ts'
import { fixesFor } from './codeFixes.ts'
import { type Imported, importsOf } from './imports.ts'
import { imported, type Renamed, respelt } from './renamed.ts'
import { addedIn } from './runTime.ts'
import type { Source } from './source.ts'
import { walk } from './syntax.ts'
import { errorsIn, isTest, newError, typedSource } from './typed.ts'
import type { Types } from './types.ts'

type Refusal = { why: string }
type Asked = { kind: 'export'; specifier: string; name: string } | { kind: 'called'; name: string }

/**
 * A name imported from where it is not, or in a form it is not exported in: the import is taken out, and the compiler is
 * asked where the name comes from.
 */
export function reimported(types: Types, { crash, files }: RecipeInput, asked: Asked): Renamed[] | Refusal {
  const wrong = (path: string): Imported | undefined => {
    const file = types.file(path)
    return file ? importsOf(file).find((each) => isMeant(each, asked)) : undefined
  }
  const all = Object.keys(files).filter((path) => !isTest(path) && wrong(path))
  const path = wrong(crash.path) ? crash.path : all.length === 1 && asked.kind === 'export' ? all[0]! : null
  if (path === null) return { why: `no single import of ${asked.name} is to blame` }
  const source = typedSource(types, files, path)
  if ('why' in source) return source
  const taken = wrong(path)!
  const node = nodeOf(taken)
  const spelt = fixesFor(types, source, node).flatMap((fix) => {
    const made = fix.kind === 'spelling' ? respelt(types, source, taken.name, fix) : { why: '' }
    return 'why' in made ? [] : [made]
  })
  const anew = importedAnew(types, files, source, taken)
  if (!('why' in anew)) return [...anew, ...spelt]
  return spelt.length > 0 ? spelt : anew
}

const isMeant = (each: Imported, asked: Asked): boolean =>
  asked.kind === 'export'
    ? each.name === asked.name && each.specifier.text === asked.specifier
    : each.local === asked.name

function importedAnew(
  types: Types,
  files: Record<string, string>,
  source: Source,
  taken: Imported,
): Renamed[] | Refusal {
  if (taken.name !== taken.local && taken.name !== 'default' && taken.name !== '*') {
    return { why: `${taken.name} is imported under another name, so nothing says what it is called` }
  }
  const rest = without(source, taken)
  if (rest === null) return { why: `the import of ${taken.local} cannot be taken out alone` }
  const bare = types.with({ [source.path]: rest })
  const others = { ...files, [source.path]: rest }
  const alone = typedSource(bare, others, source.path)
  if ('why' in alone) return alone
  const use = firstUse(alone.file, taken.local)
  if (!use) return { why: `${taken.local} is not used` }
  const reasons: string[] = []
  const found = fixesFor(bare, alone, use).flatMap((fix): Renamed[] => {
    if (fix.kind !== 'import') return []
    const made = imported(bare, others, alone, fix)
    const text = 'why' in made ? '' : inPlace(source, alone, taken, made.text)
    const why = 'why' in made ? made.why : doubt(types, source, taken, text)
    if (why !== null) reasons.push(why)
    if ('why' in made || why !== null) return []
    const { text: specifier } = taken.specifier
    return [{ ...made, text, summary: `${made.summary.split(',', 1)[0]}, not ${formOf(taken)} from ${specifier}.` }]
  })
  return found.length > 0 ? found : { why: reasons[0] ?? `no file of the project exports ${taken.local}` }
}

const formOf = ({ name }: Imported): string =>
  name === 'default' ? 'as the default' : name === '*' ? 'whole' : 'as now'

/** A whole new import goes where the wrong one stood. */
function inPlace(source: Source, alone: Source, taken: Imported, text: string): string {
  const added = addedIn(alone, text)
  const sole = (file: ts.SourceFile, one: Imported): boolean =>
    importsOf(file).filter(({ statement }) => statement.pos === one.statement.pos).length === 1
  if (!added || !sole(added.statement.getSourceFile(), added) || !sole(source.file, taken)) return text
  const { statement } = taken
  return source.text.slice(0, statement.getStart()) + added.statement.getText() + source.text.slice(statement.end)
}

/** The same import again repairs nothing; neither does one against which the compiler has as much as before. */
function doubt(types: Types, source: Source, taken: Imported, text: string): string | null {
  if (addedIn(source, text) === null) return `${taken.local} is imported as it is exported`
  const after = types.with({ [source.path]: text })
  const broken = newError(types, after, [source.path])
  if (broken) return `imported anew the compiler would object: ${broken}`
  const fewer = errorsIn(after, source.path).length < errorsIn(types, source.path).length
  return fewer ? null : `the compiler has nothing against the import of ${taken.local}`
}

function firstUse(file: ts.SourceFile, name: string): ts.Identifier | null {
  let found: ts.Identifier | null = null
  walk(file, (node) => {
    if (!found && ts.isIdentifier(node) && node.text === name && !isProperty(node)) found = node
  })
  return found
}

const isProperty = (name: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(name.parent) && name.parent.name === name) || ts.isPropertyAssignment(name.parent)

/** The name in the import that says what is taken. */
function nodeOf(taken: Imported): ts.Node {
  return taken.element && 'propertyName' in taken.element && taken.element.propertyName
    ? taken.element.propertyName
    : taken.bound
}

/** The file without one import; null where it stands beside a default import or a namespace. */
function without(source: Source, taken: Imported): string | null {
  const { text } = source
  const { statement, element } = taken
  const beside = importsOf(source.file).filter((each) => each.statement === statement)
  if (beside.length === 1) {
    const end = /^[ \t]*;?[ \t]*\r?\n?/.exec(text.slice(statement.end))?.[0].length ?? 0
    return text.slice(0, statement.getStart()) + text.slice(statement.end + end)
  }
  if (!element) return null
  const list = element.parent.elements as ts.NodeArray<ts.Node>
  const index = list.indexOf(element)
  const next = list[index + 1]
  if (list.length === 1) return null
  if (next) return text.slice(0, element.getStart()) + text.slice(next.getStart())
  return text.slice(0, list[index - 1]!.end) + text.slice(element.end)
}
