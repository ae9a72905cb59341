import ts from 'typescript'
import type { SearchInput } from '../../domain/repair.ts'

/** Names a failing test mentions, with how close to the failing assertion they stand: 1 in its own statement, 0.85 in the test. */
export function namesInTest(
  files: SearchInput['files'],
  { test, file, failure }: SearchInput['failures'][number],
): Map<string, number> {
  const found = new Map<string, number>()
  const path = file ?? failure.frames.find((frame) => frame.path in files)?.path ?? null
  const text = path === null ? undefined : files[path]
  if (path === null || text === undefined) return found
  const source = ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.ESNext, true)
  const call = testCall(source, test)
  for (const name of identifiersIn(call ?? source)) found.set(name, call ? 0.85 : 0.6)
  for (const frame of failure.frames) {
    if (frame.path !== path) continue
    const statement = statementOn(source, frame.line)
    if (statement && statement.end - statement.pos < 2000)
      for (const name of identifiersIn(statement)) found.set(name, 1)
  }
  return found
}

/** The call that declares the test: its title is the end of the test's id; the longest title wins. */
function testCall(source: ts.SourceFile, id: string): ts.Node | null {
  let found: { node: ts.Node; length: number } | null = null
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments
      const text = title && ts.isStringLiteralLike(title) ? title.text : null
      if (text && id.endsWith(text) && node.arguments.length > 1 && text.length >= (found?.length ?? 0)) {
        found = { node, length: text.length }
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return (found as { node: ts.Node } | null)?.node ?? null
}

function identifiersIn(node: ts.Node): Set<string> {
  const found = new Set<string>()
  const visit = (at: ts.Node): void => {
    if (ts.isIdentifier(at)) found.add(at.text)
    ts.forEachChild(at, visit)
  }
  visit(node)
  return found
}

/** The innermost statement that stands on a line. */
function statementOn(source: ts.SourceFile, line: number): ts.Statement | null {
  let found: ts.Statement | null = null
  const lineOf = (at: number): number => source.getLineAndCharacterOfPosition(at).line + 1
  const visit = (node: ts.Node): void => {
    if (lineOf(node.getStart()) > line || lineOf(node.end) < line) return
    if (ts.isStatement(node) && !ts.isBlock(node)) found = node
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
