import ts from 'typescript'

/** One parsed file with its bindings; nothing outside the file is ever opened. */
export interface Source {
  path: string
  text: string
  file: ts.SourceFile
  checker: ts.TypeChecker
  style: Style
}

/** How the file is written, so that an edit reads like its author's. */
export interface Style {
  eol: '\n' | '\r\n'
  unit: string
  semicolon: '' | ';'
  quote: "'" | '"'
}

/** Above this a file is generated or minified, and a guard would help nobody: 400 KB. */
const MAX_CHARS = 400_000
const KNOWN = /\.(?:[cm]?[jt]s|[jt]sx)$/

export function parseSource(path: string, text: string): Source | { why: string } {
  if (!KNOWN.test(path)) return { why: `${path} is neither JavaScript nor TypeScript` }
  if (text.length > MAX_CHARS) return { why: `${path} is too long to be written by hand` }
  const name = `/${path}`
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true)
  const program = ts.createProgram({
    rootNames: [name],
    options: { noLib: true, noResolve: true, allowJs: true, target: ts.ScriptTarget.ESNext, jsx: ts.JsxEmit.Preserve },
    host: onlyFile(name, file),
  })
  const broken = program.getSyntacticDiagnostics(file)[0]
  if (broken) return { why: `${path} cannot be parsed (line ${lineOf(file, broken.start)})` }
  return { path, text, file, checker: program.getTypeChecker(), style: styleOf(text) }
}

function onlyFile(name: string, file: ts.SourceFile): ts.CompilerHost {
  return {
    getSourceFile: (asked) => (asked === name ? file : undefined),
    fileExists: (asked) => asked === name,
    readFile: () => undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => '/none.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (asked) => asked,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  }
}

/** 1-based line of an offset. */
export function lineOf(file: ts.SourceFile, at: number): number {
  return file.getLineAndCharacterOfPosition(at).line + 1
}

/** The white space a line starts with. */
export function indentAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? ''
}

/** A string literal in the file's own quotes. */
export function quoted(text: string, quote: Style['quote']): string {
  const inner = text.replace(/[\\'"\n\r]/g, (found) => {
    if (found === '\n' || found === '\r') return found === '\n' ? '\\n' : '\\r'
    return found === '\\' || found === quote ? `\\${found}` : found
  })
  return quote + inner + quote
}

function styleOf(text: string): Style {
  const lines = text.split('\n').map((line) => line.trimEnd())
  const indented = lines.filter((line) => /^[ \t]+[^\s*]/.test(line)).map((line) => /^[ \t]+/.exec(line)?.[0] ?? '')
  const widths = indented.filter((space) => !space.startsWith('\t')).map((space) => space.length)
  const tabs = indented.length > 0 && widths.length * 2 < indented.length
  const closed = lines.filter((line) => line.endsWith(';')).length
  const open = lines.filter((line) => /[\w)\]'"`]$/.test(line)).length
  const single = text.split("'").length
  const double = text.split('"').length
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    unit: tabs ? '\t' : ' '.repeat(widths.length === 0 ? 2 : Math.min(...widths.slice(0, 1000), 8)),
    semicolon: closed > open ? ';' : '',
    quote: double > single ? '"' : "'",
  }
}
