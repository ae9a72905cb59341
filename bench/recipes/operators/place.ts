import ts from 'typescript'

export const OPERATORS = [
  'drop-await',
  'drop-optional',
  'remove-guard',
  'wrong-import',
  'swap-arguments',
  'off-by-one',
  'wrong-operator',
  'missing-return',
] as const
export type Operator = (typeof OPERATORS)[number]

/** One fault that could be made: the text from `start` to `end` (UTF-16 offsets) becomes `text`. */
export interface Place {
  operator: Operator
  start: number
  end: number
  text: string
}

/** Lists the places of one operator below one node; walks no further itself. */
export type Lister = (node: ts.Node, source: ts.SourceFile) => Omit<Place, 'operator'>[]

export const place = (start: number, end: number, text: string) => ({ start, end, text })

export const mutated = (text: string, { start, end, text: made }: Place): string =>
  text.slice(0, start) + made + text.slice(end)

export function parsed(path: string, text: string): ts.SourceFile {
  const kind = path.endsWith('.ts') ? ts.ScriptKind.TS : path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.JSX
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
}

/** Whether it parses; TypeScript keeps what it met on the way in a field it does not publish. */
export const isValid = (path: string, text: string): boolean => {
  const source = parsed(path, text) as ts.SourceFile & { parseDiagnostics?: unknown[] }
  return (source.parseDiagnostics ?? []).length === 0
}
