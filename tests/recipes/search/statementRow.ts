import type { Options } from './tried.ts'

/** A fault and its repair as a diff, by which operator, and how far down the list it may stand. */
export type Row = [operator: string, title: string, diff: string, rank: number, failure?: Options]
