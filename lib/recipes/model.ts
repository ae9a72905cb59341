import ts from 'typescript'
import { declarationOf, namesIn } from './bindings.ts'
import { counterpart } from './counterpart.ts'
import type { Guard } from './guards.ts'
import { sameManner } from './manner.ts'
import { messagesIn, textOf } from './messages.ts'
import type { Place } from './place.ts'
import { quoted, type Source } from './source.ts'
import { replaced, type Swap } from './swap.ts'
import { uncast } from './syntax.ts'
import { restate, reword, thingIn } from './wording.ts'

/** What the new guard is about. */
export interface Subject {
  kind: 'lookup' | 'input'
  /** Lower-case words: `['billing', 'account']`. */
  thing: string[]
  status: number
  /** What the answer says, where it is more than that the thing is missing: `['body', 'is', 'not', 'JSON']`. */
  says?: string[]
}

type Refusal = { why: string }

/** The answer of a model guard, rewritten for another place and another thing. Statements keep the model's indentation. */
export function adapt(
  source: Source,
  guard: Guard,
  place: Place,
  subject: Subject,
): { statements: string[] } | Refusal {
  const unlike = sameManner(guard, place)
  if (unlike) return { why: unlike }
  const model = guard.test ? thingIn(nameOf(guard.test.subject)) : null
  const statements: string[] = []
  for (const statement of guard.answer) {
    const swaps = swapsFor(source, statement, guard, place, subject, model)
    if ('why' in swaps) return swaps
    statements.push(replaced(statement.getText(), statement.getStart(), swaps))
  }
  return { statements }
}

export const nameOf = (subject: ts.Expression): string => {
  const at = uncast(subject)
  if (ts.isPropertyAccessExpression(at)) return at.name.text
  return at.getText()
}

function swapsFor(
  source: Source,
  statement: ts.Statement,
  guard: Guard,
  place: Place,
  subject: Subject,
  model: string[] | null,
): Swap[] | Refusal {
  const swaps = new Map<ts.Node, Swap>()
  const { literal, code } = guard.status
  if (literal && literal.getStart() >= statement.getStart() && literal.end <= statement.end) {
    swaps.set(literal, { from: literal.getStart(), to: literal.end, text: String(subject.status) })
  }
  if (!literal && code !== subject.status) return { why: `it answers ${code} by name` }
  const same = guard.kind === subject.kind
  const theirs = model && model.join(' ') !== subject.thing.join(' ') ? model.join(' ') : null
  for (const message of messagesIn(statement)) {
    const text = textOf(message)
    const kept = subject.says ? restate(text, subject.says) : reword(text, model, subject.thing, subject.kind, same)
    if (ts.isStringLiteralLike(message) && kept === text) continue
    swaps.set(message, { from: message.getStart(), to: message.end, text: quoted(kept, source.style.quote) })
  }
  for (const name of namesIn(statement)) {
    if ([...swaps.values()].some((swap) => swap.from <= name.getStart() && name.end <= swap.to)) continue
    if (declaredInside(source, name, statement)) continue
    const here = counterpart(source, name, place)
    const foreign = theirs !== null && thingIn(name.text)?.join(' ').includes(theirs)
    if (here !== null && !foreign) {
      const short = ts.isShorthandPropertyAssignment(name.parent) && here !== name.text
      if (here !== name.text)
        swaps.set(name, { from: name.getStart(), to: name.end, text: short ? `${name.text}: ${here}` : here })
      continue
    }
    const dropped = dropOf(name)
    if (!dropped) return { why: `its answer needs ${name.text}` }
    swaps.set(name, dropped)
  }
  return [...swaps.values()]
}

function declaredInside(source: Source, name: ts.Identifier, statement: ts.Statement): boolean {
  const declaration = declarationOf(source, name)
  return !!declaration && declaration.getStart() >= statement.getStart() && declaration.end <= statement.end
}

/** The whole property of an object literal a name stands in, with its comma; null where it cannot be left out. */
function dropOf(name: ts.Identifier): Swap | null {
  let at: ts.Node = name
  while (at.parent && !ts.isObjectLiteralExpression(at.parent)) {
    if (ts.isStatement(at)) return null
    at = at.parent
  }
  const list = at.parent && ts.isObjectLiteralExpression(at.parent) ? at.parent.properties : null
  const index = list ? list.indexOf(at as ts.ObjectLiteralElementLike) : -1
  if (!list || list.length < 2) return null
  const next = list[index + 1]
  if (next) return { from: at.getStart(), to: next.getStart(), text: '' }
  const previous = list[index - 1]
  return previous ? { from: previous.end, to: at.end, text: '' } : null
}
