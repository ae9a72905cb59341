import ts from 'typescript'
import type { RecipeInput } from '../domain/repair.ts'
import { callAt, callerOf, sourceOf } from './calls.ts'
import type { Parsing } from './parsing.ts'
import { senderOf } from './sender.ts'
import { together } from './senderCall.ts'
import type { Source } from './source.ts'
import { functionOf, uncast } from './syntax.ts'

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

const short = (node: ts.Node): string => node.getText().replace(/\s+/g, ' ').slice(0, 60)

/** `function parse(text) { return JSON.parse(text) }`: its caller knows who sent the text, and answers. */
function helperCall(
  input: RecipeInput,
  inner: Source,
  call: ts.Expression,
  { fn, index }: { fn: ts.FunctionLikeDeclaration; index: number },
): ParseSite | Refusal | null {
  const outer = callerOf(input, inner, fn, index)
  if (!outer || functionOf(call) !== fn || !onlyGives(fn, call)) return null
  const { source, value } = outer
  const sender = senderOf(source, value)
  const modifiers = ts.canHaveModifiers(fn) ? (ts.getModifiers(fn) ?? []) : []
  const later = modifiers.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  if (sender.by === 'caller') return { source, call: outer.call, value, later }
  return { why: `${sender.by === 'other' ? sender.why : short(value)}, so it is not the caller's mistake` }
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
