import ts from 'typescript'
import { declarationOf, namesIn } from './bindings.ts'
import type { Climbed } from './climb.ts'
import type { Origin } from './origin.ts'
import { lineOf, type Source } from './source.ts'
import { siblings } from './syntax.ts'

/**
 * A value looked up before a loop is tested before it; one that belongs to a turn of the loop has no early answer,
 * since answering for one would hide the others.
 */
export function outOfLoops(source: Source, origin: Origin, found: Climbed, home: ts.Node): Climbed | { why: string } {
  let { statement, form } = found
  const assumes = [...found.assumes]
  for (let at = found.statement.parent; at && at !== home; at = at.parent) {
    if (!ts.isIterationStatement(at, false)) continue
    const line = lineOf(source.file, at.getStart())
    if (!origin.settled || !origin.binder || dependsOn(source, origin.subject, at)) {
      return { why: `it is read in the loop on line ${line}: answering for one would hide the others` }
    }
    if (!siblings(at) || !always(statement, at)) return { why: `it is read on a condition in the loop on line ${line}` }
    statement = at
    form = 'listed'
    assumes.push(`the answer is right even when the loop on line ${line} has nothing to go through`)
  }
  return { statement, form, assumes }
}

/** A name of the subject is bound by the loop or inside it. */
function dependsOn(source: Source, subject: ts.Expression, loop: ts.Node): boolean {
  return namesIn(subject).some((name) => {
    const declaration = declarationOf(source, name)
    return !!declaration && declaration.getStart() >= loop.getStart() && declaration.end <= loop.end
  })
}

/** Every turn of the loop comes by the statement. */
function always(statement: ts.Node, loop: ts.Node): boolean {
  const { parent } = statement
  return parent === loop || (ts.isBlock(parent) && parent.parent === loop)
}
