import ts from 'typescript'
import type { RecipeAnswer, RecipeInput, Spot } from '../domain/repair.ts'
import { findAccess } from './access.ts'
import { sourceOf } from './calls.ts'
import { nullishOf } from './crash.ts'
import { prepares, respondsBy } from './responds.ts'
import { leaving } from './returnText.ts'
import { lineOf, parseSource, type Source } from './source.ts'
import { replaced } from './swap.ts'
import { answersAfter, type Unfinished, unfinishedBefore } from './unfinished.ts'
import { unfinishedFor } from './unfinishedTest.ts'

/** Node's, and Fastify's, ways of saying that an answer was given twice. */
const TWICE =
  /^(?:Cannot (?:set|write|append|remove|render) headers after they are (?:already )?sent(?: to the client)?\.?$|write after end$|Reply was already sent\b)/

/**
 * *An early answer without its `return`*: the guard answers, the code goes on, and fails on a second answer or on the
 * very value the guard found missing. The repair ends the guard; a second guard would only hide the first.
 */
export function missingReturn(input: RecipeInput): RecipeAnswer[] {
  const refuse = (why: string): RecipeAnswer[] => [{ ok: false, recipe: 'missing-return', why }]
  const twice = TWICE.test(input.crash.message.trim())
  const found = twice ? answeredTwice(input) : wentOn(input)
  if ('why' in found) return refuse(found.why)
  const { source, guards } = found
  const usable = guards.filter((guard) => answersAfter(source, guard) && mayReturn(guard.fn))
  if (usable.length === 0) return refuse('no second answer follows the guard in its function')
  return usable.slice(0, MOST).map((guard) => propose(source, guard, twice))
}

/** Guards of one function proposed for one crash: which of them answered first, only a replay can show. */
const MOST = 3

type Found = { source: Source; guards: Unfinished[] } | { why: string }

/** From the second answer outwards: the first function of the stack that has an unfinished guard before it. */
function answeredTwice(input: RecipeInput): Found {
  const { crash } = input
  const spots: Spot[] = [crash, ...input.frames.filter(({ path, line }) => path !== crash.path || line !== crash.line)]
  for (const spot of spots) {
    const source = sourceOf(input, spot.path)
    if ('why' in source) continue
    const at = nodeAt(source, spot)
    if (!at || !isAnswer(source, at)) continue
    const guards = unfinishedBefore(source, at)
    if (guards.length > 0) return { source, guards }
  }
  return { why: 'no guard in front of the second answer answers without leaving' }
}

/** The value that failed is the one an unfinished guard in front of it found missing. */
function wentOn(input: RecipeInput): Found {
  const said = nullishOf(input.crash.type, input.crash.message)
  if (!said) return { why: 'the message speaks neither of a second answer nor of a missing value' }
  const source = sourceOf(input, input.crash.path)
  if ('why' in source) return source
  const access = findAccess(source, input.crash, said)
  if ('why' in access) return access
  const guard = unfinishedFor(source, access.object, access.node)
  return guard
    ? { source, guards: [guard] }
    : { why: 'no guard that answers without leaving asks for the missing value' }
}

function nodeAt(source: Source, { line, column }: Spot): ts.Node | null {
  const start = source.file.getLineStarts()[line - 1] ?? source.text.length
  const first = /^[ \t]*/.exec(source.text.slice(start))?.[0].length ?? 0
  const offset = start + (column === null ? first : column - 1)
  let found: ts.Node | null = null
  const visit = (node: ts.Node): void => {
    if (node.getStart() > offset || node.end <= offset) return
    found = node
    ts.forEachChild(node, visit)
  }
  visit(source.file)
  return found
}

/** The place belongs to a call that answers, or prepares to. */
function isAnswer(source: Source, node: ts.Node): boolean {
  const said = (at: ts.Expression): boolean => respondsBy(source, at) !== null || prepares(source, at)
  for (let at = node; at.parent && !ts.isBlock(at); at = at.parent) {
    if (ts.isExpression(at) && said(at)) return true
    if (!ts.isStatement(at)) continue
    const whole = ts.isExpressionStatement(at) || ts.isReturnStatement(at) ? at.expression : undefined
    return whole !== undefined && said(whole)
  }
  return false
}

const mayReturn = (fn: ts.FunctionLikeDeclaration): boolean =>
  !ts.isConstructorDeclaration(fn) && !ts.isAccessor(fn) && !('asteriskToken' in fn && fn.asteriskToken)

function propose(source: Source, guard: Unfinished, twice: boolean): RecipeAnswer {
  const { swap, like } = leaving(source, guard)
  const fixed = replaced(source.text, 0, [swap])
  const line = lineOf(source.file, guard.node.getStart())
  if ('why' in parseSource(source.path, fixed)) {
    return { ok: false, recipe: 'missing-return', why: 'the return would not parse there' }
  }
  const harm = twice ? 'giving a second answer' : 'going on without the value it found missing'
  return {
    ok: true,
    proposal: {
      recipe: 'missing-return',
      edits: [{ path: source.path, text: fixed }],
      summary: `Returns after the answer of the guard on line ${line}, instead of ${harm}.`,
      assumes: [
        `the answer of the guard on line ${line} is meant to be the last: nothing after it is wanted for that request`,
      ],
      modelledOn: like ? { path: source.path, line: lineOf(source.file, like.getStart()) } : null,
    },
  }
}
