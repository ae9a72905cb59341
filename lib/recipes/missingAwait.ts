import ts from 'typescript'
import type { RecipeAnswer, RecipeInput, Spot } from '../domain/repair.ts'
import { asynchronous } from './asynchronous.ts'
import { awaited } from './awaiting.ts'
import { type Misused, misusedIn, misusesIn } from './promiseCrash.ts'
import { type Origin, trace, usedAsPromise } from './promises.ts'
import type { Source } from './source.ts'
import { replaced, type Swap } from './swap.ts'
import { functionOf, walk } from './syntax.ts'
import { newError, onLine, short, typedSource } from './typed.ts'
import type { Types } from './types.ts'

type Refusal = { why: string }
interface Found {
  source: Source
  origins: Origin[]
}

/**
 * *A missing `await`*: a promise is used as if it were its value. The call that gives it is awaited where it stands, so that
 * whatever keeps the value keeps no promise.
 */
export function missingAwait(input: RecipeInput, types: () => Types): RecipeAnswer {
  const refuse = (why: string): RecipeAnswer => ({ ok: false, recipe: 'missing-await', why })
  const said = misusedIn(input.crash.type, input.crash.message)
  if (!said) return refuse('the message does not speak of a value that a promise could have been')
  const found = findPromise(types(), input, said)
  if ('why' in found) return refuse(found.why)
  const waiting = wait(types(), input.files, found)
  return 'why' in waiting ? refuse(waiting.why) : waiting
}

function findPromise(types: Types, input: RecipeInput, said: Misused): Found | Refusal {
  const { crash, files } = input
  const source = typedSource(types, files, crash.path)
  if ('why' in source) return source
  const values = misusesIn(source, said, crash.line, crash.column)
  if (values.length === 0) return { why: `line ${crash.line} has nothing that can fail this way` }
  const reasons: string[] = []
  for (const value of values) {
    const found = originsOf(types, input, source, value)
    const through = said.kind === 'read' || said.kind === 'taken'
    const fitting = found.origins.filter(({ property }) => (property !== null) === through)
    if (fitting.length === 0) continue
    const why = doubt(types, said, { ...found, origins: fitting })
    if (why === null) return { source: found.source, origins: fitting }
    reasons.push(why)
  }
  return { why: reasons[0] ?? `nothing on line ${crash.line} comes from a call that gives a promise` }
}

interface Carried extends Found {
  names: ts.Declaration[]
}

/** In the file itself; where a parameter carried it, in the caller that the stack names. */
function originsOf(types: Types, input: RecipeInput, source: Source, value: ts.Expression): Carried {
  const traced = trace(types, source, value)
  const [first] = traced.parameters
  if (traced.origins.length > 0 || !first) return { ...traced, source }
  const { parameter, property } = first
  for (const frame of input.frames.slice(1)) {
    const caller = typedSource(types, input.files, frame.path)
    const call = 'why' in caller ? null : callOn(types, caller, frame, parameter.parent)
    const argument = call?.arguments[parameter.parent.parameters.indexOf(parameter)]
    if ('why' in caller || !argument) continue
    const { origins, names } = trace(types, caller, argument)
    return { source: caller, origins: origins.map((one) => ({ ...one, property: one.property ?? property })), names }
  }
  return { source, origins: [], names: [] }
}

function callOn(types: Types, source: Source, { line }: Spot, fn: ts.Node): ts.CallExpression | null {
  const found: ts.CallExpression[] = []
  walk(source.file, (node) => {
    if (!ts.isCallExpression(node) || !onLine(source.file, node, line)) return
    if (types.checker.getResolvedSignature(node)?.declaration === fn) found.push(node)
  })
  return found.length === 1 ? found[0]! : null
}

/** Why awaiting would not help, or would harm. */
function doubt(types: Types, said: Misused, { source, origins, names }: Carried): string | null {
  const used = usedAsPromise(source, names)
  if (used) return `${used.text} is used as a promise as well`
  for (const { call, property } of origins) {
    const value = types.checker.getAwaitedType(types.checker.getTypeAtLocation(call))
    const wanted = property ?? (said.kind === 'called' ? said.name : null)
    if (!value || wanted === null || !/^[\p{L}_$]/u.test(wanted)) continue
    const known = value.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)
    const part = types.checker.getNonNullableType(value)
    const parts = part.isUnion() ? part.types : [part]
    const has = parts.some((one) => types.checker.getPropertyOfType(types.checker.getApparentType(one), wanted))
    const callee = said.kind === 'called' && property === null && value.getCallSignatures().length > 0
    if (!known && !has && !callee) return `what ${short(call)} gives has no ${wanted}, awaited or not`
  }
  return null
}

function wait(types: Types, files: Record<string, string>, { source, origins }: Found): RecipeAnswer | Refusal {
  const swaps: Swap[] = []
  const assumes = new Set<string>()
  const users = new Set([source.path])
  for (const fn of new Set(origins.map(({ call }) => functionOf(call)))) {
    if (!fn) return { why: 'the call stands at the top of the module, which is not made to wait' }
    const may = asynchronous(types, files, fn)
    if ('why' in may) return { why: `the function around the call cannot be made to wait: ${may.why}` }
    swaps.push(...may.swaps)
    for (const said of may.assumes) assumes.add(said)
    for (const user of may.users) users.add(user)
  }
  for (const { call } of origins) swaps.push(...awaited(source, call))
  const text = replaced(source.text, 0, swaps)
  const broken = newError(types, types.with({ [source.path]: text }), users)
  if (broken) return { why: `with the await the compiler would object: ${broken}` }
  const calls = origins.map(({ call }) => short(call)).join(' and ')
  return {
    ok: true,
    proposal: {
      recipe: 'missing-await',
      edits: [{ path: source.path, text }],
      summary: `Waits for ${calls}, whose promise was used as if it were the value.`,
      assumes: [...origins.map(({ says }) => says), ...assumes],
      modelledOn: null,
    },
  }
}
