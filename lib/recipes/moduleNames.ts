import { posix } from 'node:path'
import ts from 'typescript'
import type { RecipeInput } from '../domain/repair.ts'
import { importsOf } from './imports.ts'
import { formatOf } from './moduleFormat.ts'
import { brokenCycle } from './moduleGraph.ts'
import type { Renamed } from './renamed.ts'
import { exportsOf } from './runTime.ts'
import type { Source } from './source.ts'
import { endingOf, isRelative, namedBy, specifierTo } from './specifiers.ts'
import { isSlip } from './spelling.ts'
import { replaced } from './swap.ts'
import { walk } from './syntax.ts'
import { isTest, newError, typedSource } from './typed.ts'
import type { Types } from './types.ts'

type Refusal = { why: string }
type Files = Record<string, string>

/** A relative specifier that names no file: the files it may mean, those that give what is imported. */
export function unresolved(types: Types, { crash, files }: RecipeInput, missing: string): Renamed[] | Refusal {
  if (!isRelative(missing) && !missing.startsWith('/')) return { why: `${missing} is a package: none is added` }
  const found = Object.keys(files).flatMap((path) => {
    const file = isTest(path) ? null : types.file(path)
    const literal = file && specifiersIn(file).find(({ text }) => isRelative(text) && means(path, text, missing))
    return literal ? [{ path, specifier: literal.text }] : []
  })
  const wrong = found.find(({ path }) => path === crash.path) ?? (found.length === 1 ? found[0] : undefined)
  if (!wrong) return { why: `no single file names ${missing}` }
  if (namedBy(files, wrong.path, wrong.specifier)?.manner === 'exact') return { why: `${missing} is there` }
  const source = typedSource(types, files, wrong.path)
  if ('why' in source) return source
  const targets = candidates(files, wrong.path, wrong.specifier)
  const answers = targets.map((target, rank) => pointed(types, files, source, wrong.specifier, target, rank))
  const good = answers.filter((answer): answer is Renamed => !('why' in answer))
  const [first] = answers
  return good.length > 0 ? good : { why: first && 'why' in first ? first.why : `no file is called like ${missing}` }
}

const means = (from: string, specifier: string, missing: string): boolean =>
  isRelative(missing) ? specifier === missing : missing.endsWith(`/${posix.join(posix.dirname(from), specifier)}`)

function specifiersIn(file: ts.SourceFile): ts.StringLiteral[] {
  const found: ts.StringLiteral[] = []
  walk(file, (node) => {
    if (!ts.isStringLiteral(node)) return
    const { parent } = node
    const loads =
      ts.isCallExpression(parent) &&
      (parent.expression.kind === ts.SyntaxKind.ImportKeyword || parent.expression.getText() === 'require')
    if (loads || ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) found.push(node)
  })
  return found
}

/** The same file by its whole name, then slips in its name, then files of that name in other folders. */
function candidates(files: Files, from: string, specifier: string): string[] {
  const wanted = posix.join(posix.dirname(from), specifier)
  const stemOf = (path: string): string => posix.basename(path).replace(/(?:\.d)?\.[cm]?[jt]sx?$/, '')
  const stem = stemOf(wanted)
  const all = Object.keys(files).filter((path) => endingOf(path) !== '' && !/\.d\.[cm]?ts$/.test(path) && !isTest(path))
  const beside = all.filter((path) => posix.dirname(path) === posix.dirname(wanted) && path !== from)
  const same = namedBy(files, from, specifier)?.path
  const slips = beside.filter(
    (path) => isSlip(stemOf(path), stem) || (stemOf(path) !== stem && equal(stemOf(path), stem)),
  )
  const elsewhere = all.filter((path) => stemOf(path) === stem && !beside.includes(path))
  return [...new Set([...(same ? [same] : []), ...slips, ...elsewhere])]
}

const equal = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function pointed(
  types: Types,
  files: Files,
  source: Source,
  specifier: string,
  target: string,
  rank: number,
): Renamed | Refusal {
  const { path } = source
  const file = types.file(target)
  if (!file) return { why: `${target} cannot be read` }
  const given = exportsOf(types, file)
  const lacking = importsOf(source.file).find(
    (each) => each.specifier.text === specifier && each.name !== '*' && !given.has(each.name),
  )
  if (lacking) return { why: `${target} does not export ${lacking.name}` }
  const format = formatOf(files, path, source.file)
  if (format === 'commonjs' && formatOf(files, target, file) === 'esm') {
    return { why: `${target} cannot be required` }
  }
  const usual = specifierTo(files, path, target, format)
  if (usual === null) return { why: `nothing shows how ${path} would have to name ${target} at run time` }
  const written = usual === specifier ? exactly(path, target) : usual
  const swaps = specifiersIn(source.file)
    .filter(({ text }) => text === specifier)
    .map((literal) => ({ from: literal.getStart() + 1, to: literal.end - 1, text: written }))
  const text = replaced(source.text, 0, swaps)
  const after = types.with({ [path]: text })
  const broken = newError(types, after, [path]) ?? brokenCycle(after, { ...files, [path]: text }, path, target)
  if (broken) return { why: broken }
  return {
    path,
    text,
    rank,
    summary: `Names ${target} as ${written}: ${specifier} leads to no file.`,
    assumes: [`${specifier} is meant to be ${target}, which gives everything ${path} takes from it`],
  }
}

function exactly(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
