import ts from 'typescript'
import type { RecipeInput, Spot } from '../domain/repair.ts'
import { parseSource, type Source } from './source.ts'
import { walk } from './syntax.ts'

/** Calls as a stack names them: by line and column. */

type Refusal = { why: string }

export function sourceOf(input: RecipeInput, path: string): Source | Refusal {
  const text = input.files[path]
  if (text === undefined) return { why: `${path} is not among the files given` }
  return parseSource(path, text)
}

/** The one call of a kind on a line; V8 points at the name that is called, or at the `await` before it. */
export function callAt<T extends ts.CallExpression | ts.NewExpression>(
  source: Source,
  { line, column }: Spot,
  fits: (node: ts.Node) => node is T,
): T | Refusal {
  const found: { node: T; far: number }[] = []
  walk(source.file, (node) => {
    if (!fits(node)) return
    const places = [node.getStart(), nameStart(node), ...awaitStart(node)]
      .map((at) => source.file.getLineAndCharacterOfPosition(at))
      .filter((at) => at.line === line - 1)
    if (places.length === 0) return
    const far = Math.min(...places.map((at) => (column === null ? 0 : Math.abs(at.character + 1 - column))))
    found.push({ node, far })
  })
  found.sort((a, b) => a.far - b.far)
  const [first, second] = found
  if (!first) return { why: `line ${line} reads nothing that can fail this way` }
  if (second && second.far === first.far)
    return { why: `line ${line} reads more than one thing that can fail this way` }
  return first.node
}

const nameStart = (node: ts.CallExpression | ts.NewExpression): number =>
  ts.isPropertyAccessExpression(node.expression) ? node.expression.name.getStart() : node.getStart()

function awaitStart(node: ts.Node): number[] {
  let at = node.parent
  while (ts.isParenthesizedExpression(at)) at = at.parent
  return ts.isAwaitExpression(at) ? [at.getStart()] : []
}

export interface Caller {
  source: Source
  call: ts.CallExpression
  /** What the call gives for the parameter. */
  value: ts.Expression
}

/** The call of a named function one frame outwards; null where the stack does not show exactly one. */
export function callerOf(
  input: RecipeInput,
  inner: Source,
  fn: ts.FunctionLikeDeclaration,
  index: number,
): Caller | null {
  const { crash, frames } = input
  const at = frames.findIndex(
    ({ path, line, column }) => path === crash.path && line === crash.line && column === crash.column,
  )
  const frame = at === -1 ? undefined : frames[at + 1]
  const name = fn.name && ts.isIdentifier(fn.name) ? fn.name.text : variableOf(fn)
  if (!frame || !name) return null
  const source = frame.path === inner.path ? inner : sourceOf(input, frame.path)
  if ('why' in source) return null
  const isCall = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && node.expression.getText() === name
  const call = callAt(source, frame, isCall)
  if ('why' in call) return null
  const value = call.arguments[index]
  return value && !ts.isSpreadElement(value) ? { source, call, value } : null
}

function variableOf(fn: ts.Node): string | null {
  const { parent } = fn
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : null
}
