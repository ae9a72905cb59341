import ts from 'typescript'
import type { RecipeAnswer, RecipeInput, Spot } from '../domain/repair.ts'
import { type Asynchronous, asynchronous, waitedFor } from './asynchronous.ts'
import { awaited } from './awaiting.ts'
import { meantToRunOn } from './background.ts'
import { callsOf, type Followed, fateOf, promising } from './floating.ts'
import { isAsync, promiseOf } from './promises.ts'
import { replaced } from './swap.ts'
import { functionOf, walk } from './syntax.ts'
import { newError, onLine, short, typedSource } from './typed.ts'
import type { Types } from './types.ts'

type Refusal = { why: string }
type Call = Followed & { path: string }

/**
 * *A promise nobody waits for*: a handler calls an async function and goes on, and what that throws later ends the process.
 * The handler is made to wait, unless the work is meant to run on behind its answer.
 */
export function unhandledRejection(input: RecipeInput, types: () => Types): RecipeAnswer {
  const refuse = (why: string): RecipeAnswer => ({ ok: false, recipe: 'unhandled-rejection', why })
  const call = floatingCall(types(), input)
  if ('why' in call) return refuse(call.why)
  const waiting = wait(types(), input.files, call)
  return 'why' in waiting ? refuse(waiting.why) : waiting
}

function floatingCall(types: Types, input: RecipeInput): Call | Refusal {
  const source = typedSource(types, input.files, input.crash.path)
  if ('why' in source) return source
  const frames = input.frames.length > 0 ? input.frames : [input.crash]
  const thrower = nodeAt(types, input.crash)
  if (!thrower || !promising(types, thrower))
    return { why: 'the crash is in no async function: its caller hears of it' }
  const seen = frames.flatMap((frame) => onFrame(types, frame))
  const outermost = nodeAt(types, frames.at(-1)!)
  const fn = outermost && promising(types, outermost)
  const calls = seen.length > 0 ? seen : fn ? callsOf(types, fn) : []
  const floating = calls.filter(({ fate }) => fate === 'floating')
  if (floating.length > 1)
    return {
      why: `more than one call leads there that nobody waits for: ${floating.map(({ path }) => path).join(', ')}`,
    }
  if (floating[0]) return floating[0]
  if (calls.some(({ fate }) => fate === 'void')) return { why: 'void says that nobody is to wait for it' }
  return { why: 'every call that leads there is waited for or has its errors caught' }
}

/** A frame's own line may still hold the call: a function runs at once up to its first await. */
function onFrame(types: Types, { path, line }: Spot): Call[] {
  const file = types.file(path)
  const found: Call[] = []
  if (!file) return []
  walk(file, (node) => {
    if (!ts.isCallExpression(node) || !onLine(file, node, line) || !promiseOf(types, node)) return
    const followed = fateOf(node)
    const known = found.some(({ whole }) => whole === followed.whole)
    if ((followed.fate === 'floating' || followed.fate === 'void') && !known) found.push({ ...followed, path })
  })
  return found
}

/** The innermost node on a spot; without a column the first on its line. */
function nodeAt(types: Types, { path, line, column }: Spot): ts.Node | null {
  const file = types.file(path)
  if (!file || line > file.getLineStarts().length) return null
  const start = file.getLineStarts()[line - 1] ?? 0
  const indent = /^\s*/.exec(file.text.slice(start))?.[0].length ?? 0
  const at = start + (column === null ? indent : column - 1)
  let found: ts.Node = file
  walk(file, (node) => {
    if (node.getStart() <= at && at < node.end) found = node
  })
  return found
}

function wait(types: Types, files: Record<string, string>, { whole, path }: Call): RecipeAnswer | Refusal {
  const source = typedSource(types, files, path)
  if ('why' in source) return source
  const name = short(whole)
  const fn = functionOf(whole)
  if (!fn) return { why: `${name} runs while the module loads: nobody asked for it` }
  let statement: ts.Node = whole
  while (!ts.isStatement(statement)) statement = statement.parent
  const meant = meantToRunOn(statement, fn)
  if (meant) return { why: `${name} is meant to run on its own: ${meant}` }
  const may = mayWait(types, files, fn)
  if ('why' in may) return { why: `waiting for ${name} would only move the fault: ${may.why}` }
  const text = replaced(source.text, 0, [...may.swaps, ...awaited(source, whole)])
  const broken = newError(types, types.with({ [path]: text }), new Set([path, ...may.users]))
  if (broken) return { why: `with the await the compiler would object: ${broken}` }
  return {
    ok: true,
    proposal: {
      recipe: 'unhandled-rejection',
      edits: [{ path, text }],
      summary: `Waits for ${name}, whose failure nobody heard of, so that it fails the request instead of the process.`,
      assumes: [`the answer may wait for ${name}: nothing says that it runs in the background`, ...may.assumes],
      modelledOn: null,
    },
  }
}

/** Here it is not enough that a function is async: somebody must hear of what it throws. */
function mayWait(types: Types, files: Record<string, string>, fn: ts.FunctionLikeDeclaration): Asynchronous | Refusal {
  if (!isAsync(fn)) return asynchronous(types, files, fn)
  const heard = waitedFor(types, files, fn)
  return 'why' in heard ? heard : { swaps: [], ...heard }
}
