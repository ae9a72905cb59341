import type ts from 'typescript'
import type { TestFacts } from './literals.ts'
import type { Mark, Remark } from './mark.ts'

/** One file of a change, on one side. */
export interface Side {
  path: string
  text: string
  tree: ts.SourceFile
  nodes: ts.Node[]
  /** The file is a test. */
  test: boolean
  /** The file was there before. */
  existing: boolean
}

/** What is the same for every file of a change. */
export interface Around {
  /** Paths of the changed files that are no tests. */
  subjects: string[]
  facts: TestFacts
}

/** Reads one side alone; what counts is what came, or went, between two sides. */
export type Reader = (side: Side, around: Around) => Mark[]
/** Compares two sides. */
export type Comparer = (before: Side, after: Side, around: Around) => Remark[]
