import ts from 'typescript'
import type { RecipeInput, Spot } from '../domain/repair.ts'
import type { Parsing } from './parsing.ts'
import { senderOf } from './sender.ts'
import { together } from './senderCall.ts'
import { parseSource, type Source } from './source.ts'
import { functionOf, uncast, walk } from './syntax.ts'

/** The call that could not read what the caller sent: the parsing itself, or a helper that does nothing else. */
export interface ParseSite {
  source: Source
  call: ts.CallExpression | ts.NewExpression
  /** What is read, for naming it. */
  value: ts.Expression
  /** It gives a promise. */
  later: boolean
}

type Refusal = { why: string }

export function parseSiteOf(input: RecipeInput, parsing: Parsing): ParseSite | Refusal {
  const source = sourceOf(input, input.crash.path)
  if ('why' in source) return source
  const call = callAt(source, input.crash, parsing.fits)
  if ('why' in call) return call
  const values = parsing.given(call)
  const value = values[0]
  if (!value) return { why: 'nothing is given to be read' }
  const sender = together(values.map((each) => senderOf(source, each)))
  if (sender.by === 'caller') return { source, call, value, later: parsing.later(call) }
  if (sender.by === 'nobody') return { why: `${short(call)} reads a constant: no caller decides it` }
  const outer = sender.parameter ? helperCall(input, source, call, sender.parameter) : null
  return outer ?? { why: `${sender.why}, so it is not the caller's mistake` }
}

function sourceOf(input: RecipeInput, path: string): Source | Refusal {
  const text = input.files[path]
  if (text === undefined) return { why: `${path} is not among the files given` }
  return parseSource(path, text)
}

const short = (node: ts.Node): string => node.getText().replace(/\s+/g, ' ').slice(0, 60)

/** The one call of a kind on a line; V8 points at the name that is called, or at the `await` before it. */
function callAt<T extends ts.CallExpression | ts.NewExpression>(
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

/** `function parse(text) { return JSON.parse(text) }`: its caller knows who sent the text, and answers. */
function helperCall(
  input: RecipeInput,
  inner: Source,
  call: ts.Expression,
  { fn, index }: { fn: ts.FunctionLikeDeclaration; index: number },
): ParseSite | Refusal | null {
  const frame = input.frames[input.frames.findIndex((spot) => spot.line === input.crash.line) + 1]
  const name = fn.name && ts.isIdentifier(fn.name) ? fn.name.text : variableOf(fn)
  if (!frame || !name || functionOf(call) !== fn || !onlyGives(fn, call)) return null
  const source = frame.path === inner.path ? inner : sourceOf(input, frame.path)
  if ('why' in source) return source
  const isCall = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && node.expression.getText() === name && node.arguments[index] !== undefined
  const outer = callAt(source, frame, isCall)
  if ('why' in outer) return null
  const value = outer.arguments[index]!
  const sender = senderOf(source, value)
  const modifiers = ts.canHaveModifiers(fn) ? (ts.getModifiers(fn) ?? []) : []
  const later = modifiers.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  if (sender.by === 'caller') return { source, call: outer, value, later }
  return { why: `${sender.by === 'other' ? sender.why : short(value)}, so it is not the caller's mistake` }
}

function variableOf(fn: ts.Node): string | null {
  const { parent } = fn
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : null
}

/** The function is the parsing and nothing more, so whatever it throws is a fault of the text. */
function onlyGives(fn: ts.FunctionLikeDeclaration, call: ts.Expression): boolean {
  if (!fn.body) return false
  if (!ts.isBlock(fn.body)) return uncast(fn.body) === call
  const [only, ...rest] = fn.body.statements
  return (
    rest.length === 0 && !!only && ts.isReturnStatement(only) && !!only.expression && uncast(only.expression) === call
  )
}
