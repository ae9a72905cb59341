import { judged, type Pair, PROOFS, ROLLBACKS } from './cells.ts'
import { CLOCKS, type Clock } from './clocks.ts'
import { drawing } from './drawing.ts'
import { differs } from './judge.ts'
import type { Cell } from './oracle.ts'

/** How many cells there were, and the first few that differ from the oracle. */
export function compared(cells: Iterable<[Cell, Clock]>): { cells: number; wrong: string[] } {
  let n = 0
  const wrong: string[] = []
  for (const [cell, clock] of cells) {
    n++
    const how = differs(cell, clock)
    if (how !== null && wrong.length < 5) wrong.push(`${how}: ${clock.now.toISOString()} ${JSON.stringify(cell)}`)
  }
  return { cells: n, wrong }
}

/** Everything but the clock and whose deployment it is, which are drawn. */
export function* everyProof(pairs: Pair[], draw = drawing(7)): Generator<[Cell, Clock]> {
  for (const pair of pairs)
    for (const cell of judged(pair))
      for (const proof of PROOFS) yield [{ ...cell, ...proof, rollback: draw(ROLLBACKS) }, draw(CLOCKS)]
}

/** Everything but the proof and whose deployment it is, which are drawn. */
export function* everyClock(pairs: Pair[], draw = drawing(11)): Generator<[Cell, Clock]> {
  for (const pair of pairs)
    for (const cell of judged(pair))
      for (const clock of CLOCKS) yield [{ ...cell, ...draw(PROOFS), rollback: draw(ROLLBACKS) }, clock]
}

/** Everything but the proof and the clock, which are drawn. */
export function* everyRollback(pairs: Pair[], draw = drawing(13)): Generator<[Cell, Clock]> {
  for (const pair of pairs)
    for (const cell of judged(pair))
      for (const rollback of ROLLBACKS) yield [{ ...cell, ...draw(PROOFS), rollback }, draw(CLOCKS)]
}
