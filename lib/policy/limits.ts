/** Fix attempts, and rollbacks of their releases, that end fixing an issue (design, section 7). Rolling back is never limited. */
export const MAX_ATTEMPTS = 3
export const MAX_ROLLBACKS = 3

export interface LimitFacts {
  /** Highest attempt number that has ended. */
  attempts: number
  /** Releases of this issue that were rolled back. */
  rollbacks: number
}

export interface LimitAnswer {
  answer: 'within' | 'reached'
  why: string
}

/** Counts that are no counts have reached every limit. */
export function limitsOf({ attempts, rollbacks }: LimitFacts): LimitAnswer {
  if (!(attempts >= 0 && attempts < MAX_ATTEMPTS))
    return { answer: 'reached', why: `${attempts} of ${MAX_ATTEMPTS} attempts are used: a person takes over.` }
  if (!(rollbacks >= 0 && rollbacks < MAX_ROLLBACKS))
    return { answer: 'reached', why: `${rollbacks} of ${MAX_ROLLBACKS} rollbacks are used: a person takes over.` }
  const left = MAX_ATTEMPTS - attempts
  return { answer: 'within', why: `${left} of ${MAX_ATTEMPTS} attempts ${left === 1 ? 'is' : 'are'} left.` }
}
