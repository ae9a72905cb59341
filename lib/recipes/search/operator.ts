import type ts from 'typescript'
import type { Source } from '../source.ts'
import type { Swap } from '../swap.ts'
import type { Facts, Sign } from './facts.ts'
import type { Repository } from './repository.ts'

/** One way to change a file. */
export interface Change {
  swaps: Swap[]
  /** What was changed, as a sentence. */
  summary: string
  /** How likely it is next to the same operator's other answers for the node; 1 where nothing is said. */
  odds?: number
}

/** What an operator may look at besides the node. */
export interface Site {
  source: Source
  repository: Repository
  facts: Facts
}

/**
 * A small edit that repairs are often made of. It is asked about every node of a suspicious line and answers with what it
 * would write there; whether that is right is for the tests to say, so it assumes nothing but a program that parses.
 */
export interface Operator {
  name: string
  /** How often repairs look like this, next to other operators: 0 to 1. */
  prior: number
  /** How many times likelier a sign in the failures makes it. */
  signs?: Partial<Record<Sign, number>>
  changes(node: ts.Node, site: Site): Change[]
}

/** Replaces a node's own text, its leading comments left alone. */
export const swapNode = (node: ts.Node, text: string): Swap => ({ from: node.getStart(), to: node.end, text })

/** Inserts text at an offset. */
export const insert = (at: number, text: string): Swap => ({ from: at, to: at, text })

/** Wraps a node in text on both sides. */
export const wrap = (node: ts.Node, before: string, after: string): Swap[] => [
  insert(node.getStart(), before),
  insert(node.end, after),
]
