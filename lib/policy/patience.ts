/** Milliseconds. Lines counted in Python take ten times as long; two runs beside each other twice. */
const TIMES = 10
const SPARE = 20_000

/**
 * How long a further run of a command may take that was run once, which took `ms`, or said something until then: what then
 * takes ten times as long does not end. Never more than `most`.
 */
export const patienceAfter = (ms: number, most: number): number => Math.min(most, TIMES * ms + SPARE)
