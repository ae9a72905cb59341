import ts from 'typescript'
import { parseSource, type Source } from './source.ts'
import type { Types } from './types.ts'

/** One file as part of the whole project: names lead to the files that declare them, and values have types. */
export function typedSource(types: Types, files: Record<string, string>, path: string): Source | { why: string } {
  const text = files[path]
  if (text === undefined) return { why: `${path} is not among the files given` }
  if (isTest(path)) return { why: `${path} is a test: tests are not changed` }
  const alone = parseSource(path, text)
  if ('why' in alone) return alone
  const file = types.file(path)
  if (!file) return { why: `${path} is not among the files the compiler reads` }
  return { ...alone, file, checker: types.checker }
}

export const isTest = (path: string): boolean =>
  /(?:^|\/)(?:tests?|specs?|e2e|__tests__|__mocks__)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path)

/** The first thing the compiler has against the edited files that it had not before; null when there is none. */
export function newError(before: Types, after: Types, paths: Iterable<string>): string | null {
  for (const path of paths) {
    const known = new Map<string, number>()
    for (const said of before.file(path) ? errorsIn(before, path) : []) known.set(said, (known.get(said) ?? 0) + 1)
    for (const said of errorsIn(after, path)) {
      const left = known.get(said) ?? 0
      if (left === 0) return `${path}: ${said.slice(0, 200)}`
      known.set(said, left - 1)
    }
  }
  return null
}

/** What the compiler has against a file, as it says it. */
export function errorsIn(types: Types, path: string): string[] {
  const name = types.nameOf(path)
  return [...types.service.getSyntacticDiagnostics(name), ...types.service.getSemanticDiagnostics(name)].flatMap(
    ({ category, code, messageText }) =>
      category === ts.DiagnosticCategory.Error
        ? [`TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`]
        : [],
  )
}

/** Whether a node begins on a 1-based line, or stands across it. */
export function onLine(file: ts.SourceFile, node: ts.Node, line: number): boolean {
  const lineAt = (at: number): number => file.getLineAndCharacterOfPosition(at).line + 1
  return lineAt(node.getStart(file)) <= line && line <= lineAt(node.end)
}

/** A piece of source in a sentence: one line, at most 80 characters. */
export const short = (node: ts.Node): string => node.getText().replace(/\s+/g, ' ').slice(0, 80)
