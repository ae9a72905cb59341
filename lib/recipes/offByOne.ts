import ts from 'typescript'
import type { RecipeAnswer, RecipeInput } from '../domain/repair.ts'
import { findAccess } from './access.ts'
import { sourceOf } from './calls.ts'
import { climb } from './climb.ts'
import { countingOf } from './counting.ts'
import { nullishOf } from './crash.ts'
import { changesIn, type Element, elementOf, holesIn, lengthOf, sameList } from './element.ts'
import { lineOf, type Source } from './source.ts'
import { replaced, type Swap } from './swap.ts'
import { functionOf, mayLeave, plain } from './syntax.ts'

/**
 * *One past the end*: the element at `length` is never there, so code that reads it fails whenever it gets that far.
 * The repair moves the bound by one; it is made only where the failing index itself shows that the bound is wrong.
 */
export function offByOne(input: RecipeInput): RecipeAnswer {
  const refuse = (why: string): RecipeAnswer => ({ ok: false, recipe: 'off-by-one', why })
  const said = nullishOf(input.crash.type, input.crash.message)
  if (!said || said.value === 'null') return refuse('the message does not speak of an element that is undefined')
  const source = sourceOf(input, input.crash.path)
  if ('why' in source) return refuse(source.why)
  const access = findAccess(source, input.crash, said)
  if ('why' in access) return refuse(access.why)
  const element = elementOf(source, access)
  if (!element) return refuse('what is missing is not an element of a list')
  const bound = boundOf(source, element, access.node)
  if ('why' in bound) return refuse(bound.why)
  const fixed = replaced(source.text, 0, [bound.swap])
  return {
    ok: true,
    proposal: {
      recipe: 'off-by-one',
      edits: [{ path: source.path, text: fixed }],
      summary: `Stops at the last element of ${plain(element.list)}: ${bound.change}.`,
      assumes: [bound.assumes],
      modelledOn: null,
    },
  }
}

interface Bound {
  swap: Swap
  change: string
  assumes: string
}

function boundOf(source: Source, element: Element, failing: ts.Node): Bound | { why: string } {
  const { list, index, node } = element
  const holes = holesIn(source, list)
  if (holes) return { why: holes }
  const name = plain(list)
  if (ts.isPropertyAccessExpression(index)) {
    const of = lengthOf(source, index)
    if (!of || !sameList(source, of, list)) return { why: `${plain(index)} is not the length of ${name}` }
    const text = `${index.getText()} - 1`
    return {
      swap: { from: index.getStart(), to: index.end, text },
      change: `it reads ${name}[${text}] instead of ${name}[${index.getText()}]`,
      assumes: `${name}[${index.getText()}] is never there, so the last element is meant, and ${name} is not empty`,
    }
  }
  const counting = countingOf(source, element)
  if ('why' in counting) return counting
  const { loop, swap, change } = counting
  const changes = changesIn(source, list, loop)
  if (changes) return { why: changes }
  if (!everyTurn(source, failing, loop)) return { why: `${plain(node)} is not read on every turn of the loop` }
  const line = lineOf(source.file, loop.getStart())
  return {
    swap,
    change,
    assumes: `${plain(node)} is read on every turn of the loop on line ${line}, so the turn past the end always failed and nothing relies on it`,
  }
}

/** No condition stands between the loop and the read. */
function everyTurn(source: Source, node: ts.Node, loop: ts.IterationStatement): boolean {
  const home = functionOf(node)
  if (!home) return false
  const climbed = climb(source, node, home)
  if ('why' in climbed || climbed.assumes.length > 0) return false
  const { statement } = climbed
  if (statement.parent !== loop.statement) return statement === loop.statement
  const body: readonly ts.Statement[] = ts.isBlock(loop.statement) ? loop.statement.statements : []
  const before = body.slice(0, body.indexOf(statement as ts.Statement))
  return !before.some(mayLeave)
}
