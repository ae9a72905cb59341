import type { Proposal } from '../domain/repair.ts'

/** A candidate this many times less likely than another says nothing against it. */
const CLEARLY = 1.5
/** Changes within so many lines of each other are two ways to say the same: one statement, or its guard. */
const NEAR = 3

/** The likeliest of some; a crash's own recipe before whatever was searched for. */
export function bestOf(green: Proposal[]): Proposal | null {
  return green.reduce<Proposal | null>((best, one) => (!best || likelihood(one) > likelihood(best) ? one : best), null)
}

/** Whether a second candidate that passes as well could put the first in doubt. */
export const isDoubt = (best: Proposal, other: Proposal): boolean => likelihood(other) * CLEARLY >= likelihood(best)

/**
 * The candidate that the likeliest cannot be told from: it passes every test too, is about as likely, and changes another
 * place. Then the tests do not say which of the two is the fault, and whoever ships one of them guesses. Null: none.
 */
export function rivalOf(green: Proposal[], texts: Record<string, string>): Proposal | null {
  const best = bestOf(green)
  const rivals = green.filter((one) => best && one !== best && isDoubt(best, one) && !areNear(best, one, texts))
  return bestOf(rivals)
}

const likelihood = ({ score = 1 }: Proposal): number => score

function areNear(one: Proposal, other: Proposal, texts: Record<string, string>): boolean {
  const [first, second] = [placesOf(one, texts), placesOf(other, texts)]
  return first.some((a) => second.some((b) => a.path === b.path && Math.abs(a.line - b.line) <= NEAR))
}

/** Where each edit begins to differ, lines counted from one. */
const placesOf = ({ edits }: Proposal, texts: Record<string, string>) =>
  edits.map(({ path, text }) => {
    const [before, after] = [(texts[path] ?? '').split('\n'), text.split('\n')]
    const same = after.findIndex((line, at) => line !== before[at])
    return { path, line: (same === -1 ? after.length : same) + 1 }
  })
