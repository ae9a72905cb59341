import ts from 'typescript'
import type { RecipeAnswer, RecipeInput, Spot } from '../domain/repair.ts'
import type { Source } from './source.ts'
import { replaced } from './swap.ts'
import { walk } from './syntax.ts'
import { newError, onLine, short, typedSource } from './typed.ts'
import type { Types } from './types.ts'

type Refusal = { why: string }
type Call = ts.CallExpression | ts.NewExpression

/** "Argument of type … is not assignable", "No overload matches", "has no properties in common". */
const MISFITS = new Set([2345, 2769, 2559, 2322, 2353, 2739, 2740, 2741])
/** Calls with more arguments take an options object for granted. */
const ARGUMENTS = 6

/**
 * *Arguments in the wrong order*: the compiler rejects a call on one of the stack's lines, and exactly one exchange of two
 * arguments makes it accept the call.
 */
export function argumentOrder(input: RecipeInput, types: () => Types): RecipeAnswer {
  const refuse = (why: string): RecipeAnswer => ({ ok: false, recipe: 'argument-order', why })
  const reasons: string[] = []
  for (const spot of input.frames.length > 0 ? input.frames : [input.crash]) {
    const source = typedSource(types(), input.files, spot.path)
    if ('why' in source) {
      reasons.push(source.why)
      continue
    }
    const rejected = rejectedOn(types(), source, spot)
    if (rejected.length > 1)
      return refuse(`line ${spot.line} of ${spot.path} has more than one call the compiler rejects`)
    const [call] = rejected
    if (!call) continue
    const answer = exchanged(types(), source, call)
    if (!('why' in answer)) return answer
    reasons.push(answer.why)
  }
  return refuse(reasons[0] ?? 'the compiler accepts the arguments of every call on the stack')
}

/** Calls on a line of whose arguments the compiler rejects one. */
function rejectedOn(types: Types, source: Source, { line }: Spot): Call[] {
  const calls = callsIn(source.file)
  const blamed = faultsIn(types, source).map((fault) => calls.findLast((call) => isAbout(call, fault)))
  return [...new Set(blamed)].filter((call) => call !== undefined).filter((call) => onLine(source.file, call, line))
}

/** In source order, so that the last one around a place is the innermost. */
function callsIn(file: ts.SourceFile): Call[] {
  const found: Call[] = []
  walk(file, (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) found.push(node)
  })
  return found
}

const faultsIn = (types: Types, source: Source): ts.Diagnostic[] =>
  types.service.getSemanticDiagnostics(source.file.fileName).filter(({ code }) => MISFITS.has(code))

/** The fault is one of the arguments, lies in one, or, where no overload fits, is the name that is called. */
function isAbout(call: Call, { start = 0, length = 0, code }: ts.Diagnostic): boolean {
  const holds = (node: ts.Node): boolean => node.getStart() <= start && start + length <= node.end
  return (call.arguments?.some(holds) ?? false) || (code === 2769 && holds(call.expression))
}

function exchanged(types: Types, source: Source, call: Call): RecipeAnswer | Refusal {
  const given = [...(call.arguments ?? [])]
  const name = short(call.expression)
  if (given.some(ts.isSpreadElement)) return { why: `${name}() is given a list that is spread out` }
  if (given.length > ARGUMENTS) return { why: `${name}() is given more than ${ARGUMENTS} arguments` }
  const fitting = pairs(given.length).flatMap(([i, j]) => fitted(types, source, call, given[i]!, given[j]!))
  const [only] = fitting
  if (!only) return { why: `no exchange of two arguments of ${name}() satisfies the compiler` }
  if (fitting.length > 1) return { why: `more than one exchange of arguments of ${name}() satisfies the compiler` }
  const untold = [only.left, only.right].find((argument) => isUntyped(types, argument))
  if (untold) return { why: `${short(untold)} may be of any type: the types cannot tell its place` }
  const loose = [only.left, only.right].find((argument) => takesAnything(types, call, given.indexOf(argument)))
  if (loose) return { why: `${name}() takes anything in the place of ${short(loose)}: the types cannot tell` }
  return answer(source, call, only)
}

interface Exchange {
  left: ts.Expression
  right: ts.Expression
  text: string
}

const pairs = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, i) =>
    Array.from({ length: count - i - 1 }, (_, k): [number, number] => [i, i + k + 1]),
  ).flat()

/** The exchange, if the compiler then has nothing against the call and nothing new against the file. */
function fitted(types: Types, source: Source, call: Call, left: ts.Expression, right: ts.Expression): Exchange[] {
  const text = replaced(source.text, 0, [
    { from: left.getStart(), to: left.end, text: right.getText() },
    { from: right.getStart(), to: right.end, text: left.getText() },
  ])
  const after = types.with({ [source.path]: text })
  if (newError(types, after, [source.path])) return []
  const file = after.file(source.path)
  const same = file && callsIn(file).find((one) => one.getStart() === call.getStart() && one.end === call.end)
  if (!file || !same) return []
  const rejected = faultsIn(after, { ...source, file }).some((fault) => isAbout(same, fault))
  return rejected ? [] : [{ left, right, text }]
}

const UNTOLD = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Null | ts.TypeFlags.Undefined

const isUntyped = (types: Types, argument: ts.Expression): boolean =>
  (types.checker.getTypeAtLocation(argument).flags & UNTOLD) !== 0

function takesAnything(types: Types, call: Call, index: number): boolean {
  const parameter = types.checker.getResolvedSignature(call)?.parameters[index]
  return !parameter || (types.checker.getTypeOfSymbolAtLocation(parameter, call).flags & UNTOLD) !== 0
}

function answer(source: Source, call: Call, { left, right, text }: Exchange): RecipeAnswer {
  const name = short(call.expression)
  const acts = [left, right].every((argument) => !isPlain(argument))
  return {
    ok: true,
    proposal: {
      recipe: 'argument-order',
      edits: [{ path: source.path, text }],
      summary: `Exchanges ${short(left)} and ${short(right)} in the call of ${name}(), whose types want them the other way round.`,
      assumes: [
        `${name}() is right about its parameters, and this call has two arguments in each other's place`,
        ...(acts ? [`${short(left)} and ${short(right)} may be worked out in either order`] : []),
      ],
      modelledOn: null,
    },
  }
}

/** Worked out without calling anything. */
function isPlain(argument: ts.Expression): boolean {
  let plain = true
  walk(argument, (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isAwaitExpression(node)) plain = false
  })
  return plain
}
