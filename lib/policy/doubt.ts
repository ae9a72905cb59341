import type { Proposal } from '../domain/repair.ts'

/** A candidate this many times less likely than another says nothing against it. */
const CLEARLY = 1.5

/** The likeliest of some; a crash's own recipe before whatever was searched for. */
export function bestOf(green: Proposal[]): Proposal | null {
  return green.reduce<Proposal | null>((best, one) => (!best || likelihood(one) > likelihood(best) ? one : best), null)
}

/** Whether a second candidate that passes as well would put the first in doubt. */
export const isDoubt = (best: Proposal, other: Proposal): boolean => likelihood(other) * CLEARLY >= likelihood(best)

const likelihood = ({ score = 1 }: Proposal): number => score
