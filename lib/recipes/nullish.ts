import ts from 'typescript'
import type { RecipeAnswer, RecipeInput } from '../domain/repair.ts'
import { type Access, findAccess } from './access.ts'
import { answerFor, conditionFor } from './answer.ts'
import { fromRequest } from './bindings.ts'
import { type Nullish, nullishOf } from './crash.ts'
import { doubts } from './doubts.ts'
import { flush, guardLines, insertion, type Layout, layoutOf } from './guardText.ts'
import { type Hoisted, hoist } from './hoist.ts'
import { type Origin, originOf } from './origin.ts'
import { passedOn } from './passed.ts'
import { type Place, placeFor } from './place.ts'
import { indentAt, lineOf, parseSource, type Source } from './source.ts'
import { isIdentity, thingOf } from './subject.ts'
import { replaced } from './swap.ts'
import { plain } from './syntax.ts'
import { unfinishedFor } from './unfinishedTest.ts'

/**
 * *Nullish property access*: something looked up is missing and the code goes on as if it were there.
 * The repair is an early answer in the manner of the nearest guard of the same file; anything that would
 * carry on without the value (`?.`, `!`, a default, a catch) is never written.
 */
export function nullish(input: RecipeInput): RecipeAnswer {
  const refuse = (why: string): RecipeAnswer => ({ ok: false, recipe: 'nullish', why })
  const said = nullishOf(input.crash.type, input.crash.message)
  if (!said) return refuse('the message does not speak of a missing value')
  const text = input.files[input.crash.path]
  if (text === undefined) return refuse(`${input.crash.path} is not among the files given`)
  const source = parseSource(input.crash.path, text)
  if ('why' in source) return refuse(source.why)
  const access = findAccess(source, input.crash, said)
  const here = 'why' in access ? access : repair(source, access, said, input)
  if (!('why' in here)) return here
  const outer = passedOn(input, source, said)
  const there = outer ? repair(outer.source, outer.access, said, input) : here
  return 'why' in there ? refuse(there.why) : there
}

function repair(source: Source, access: Access, said: Nullish, input: RecipeInput): RecipeAnswer | { why: string } {
  const origin = originOf(source, access.object)
  if ('why' in origin) return origin
  const key =
    said.kind === 'call' && ts.isElementAccessExpression(access.object) ? access.object.argumentExpression : null
  if (key && !fromRequest(source, key)) return { why: `nothing in the request decides ${plain(key)}` }
  const unfinished = unfinishedFor(source, origin.subject, access.node)
  if (unfinished) {
    const line = lineOf(source.file, unfinished.node.getStart())
    return {
      why: `${plain(origin.subject)} is already tested on line ${line}, whose guard answers but does not return`,
    }
  }
  const doubt = doubts(source, origin, input.files)
  if (doubt) return { why: doubt }
  const place = placeFor(source, access, origin)
  if ('why' in place) return place
  const thing = thingOf(origin) ?? ['record']
  if (isIdentity(thing, origin)) return { why: `${thing.join(' ')} is who is asking: a person decides what to answer` }
  const hoisted = origin.binder ? null : hoist(source, access.object, place, thing)
  if (hoisted && 'why' in hoisted) return hoisted
  const answer = answerFor(source, place, origin, thing)
  if ('why' in answer) return answer
  const { model, statements, status } = answer
  const layout = layoutOf(source, model, statements.length)
  const condition = conditionFor(access, said, model, hoisted?.name ?? plain(origin.subject))
  const lines = [...(hoisted ? [hoisted.declaration] : []), ...guardLines(layout, condition, statements, source.style)]
  const fixed = edit(source, place, lines, layout, hoisted)
  if ('why' in parseSource(source.path, fixed)) return { why: 'the guard would not parse there' }
  return {
    ok: true,
    proposal: {
      recipe: 'nullish',
      edits: [{ path: source.path, text: fixed }],
      summary: summaryOf(access, origin, thing, status),
      assumes: [
        ...place.assumes,
        assumptionOf(origin, thing, status, model ? lineOf(source.file, model.node.getStart()) : null),
      ],
      modelledOn: model ? { path: source.path, line: lineOf(source.file, model.node.getStart()) } : null,
    },
  }
}

function edit(source: Source, place: Place, lines: string[], layout: Layout, hoisted: Hoisted | null): string {
  const swaps = hoisted ? [hoisted.swap] : []
  const { text, style } = source
  if (place.form === 'listed') {
    return replaced(text, 0, [...swaps, insertion(source, place, lines, layout, '')])
  }
  const concise = place.form === 'concise'
  const kept = concise && ts.isParenthesizedExpression(place.beside) ? place.beside.expression : place.beside
  const own = flush(replaced(kept.getText(), kept.getStart(), swaps), indentAt(text, place.beside.getStart()))
  const tail = concise ? `return ${own}${style.semicolon}` : own
  return replaced(text, 0, [insertion(source, place, lines, layout, tail)])
}

const short = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 80)

function summaryOf(access: Access, origin: Origin, thing: string[], status: number): string {
  const what = origin.kind === 'lookup' ? `the ${thing.join(' ')} is not found` : `${thing.join(' ')} is not sent`
  const failing =
    access.property === null ? `calling ${short(access.object.getText())}` : `reading ${access.property} of it`
  return `Answers ${status} when ${what}, instead of failing on ${failing}.`
}

function assumptionOf(origin: Origin, thing: string[], status: number, modelLine: number | null): string {
  const name = short(origin.value?.getText() ?? origin.subject.getText())
  const as = modelLine === null ? 'no guard of the file says otherwise' : `as the guard on line ${modelLine} answers`
  const what =
    origin.kind === 'lookup' ? `${name} may find no ${thing.join(' ')}` : `${name} may come without ${thing.join(' ')}`
  return `${what}, and ${status} is the answer the caller should get (${as})`
}
