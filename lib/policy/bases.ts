import type { Severity } from '../domain/issue.ts'
import type { Oid, Sha } from '../domain/tree.ts'
import { goesBefore, type InLine } from './turn.ts'

/** A commit and what is in it. The tree is null where the repository lost it. */
export interface Base {
  sha: Sha
  tree: Oid | null
}

/** What production runs, and what the release that is on its way there will make of it. */
export interface Bases {
  serving: Base
  coming: Base | null
}

/** A release under way, and the two trees of its fix. */
export interface UnderWay {
  release: InLine
  /** Of the commit it was proven on. */
  on: Base
  /** The tree that was proven. */
  tree: Oid
}

/** Nearest to production first. */
const ON_ITS_WAY = ['promoting', 'soaking', 'staging'] as const

/**
 * What production is about to run before a repair of this severity gets there: the branch of ours that is nearest to it
 * and stands on what it runs now. Repairs that start meanwhile start there, as in a merge queue: on what runs now they
 * would be overtaken before they are proven.
 */
export function comingOf(serving: Base, underWay: UnderWay[], mine: Severity): Base | null {
  for (const state of ON_ITS_WAY) {
    const next = underWay.find(
      (one) => one.release.state === state && goesBefore(one.release, mine) && isSame(one.on, serving),
    )
    if (next?.release.facts.branchSha) return { sha: next.release.facts.branchSha, tree: next.tree }
  }
  return null
}

/** Where a repair that starts now starts. */
export const startOf = ({ serving, coming }: Bases): Base => coming ?? serving

/** How what was proven on a base stands to production: on what it runs, on what it is about to run, or on neither. */
export function standing(base: Base, { serving, coming }: Bases): 'serving' | 'coming' | 'gone' {
  if (isSame(base, serving)) return 'serving'
  return coming && isSame(base, coming) ? 'coming' : 'gone'
}

/** Two commits with one tree are one base. */
export const isSame = (a: Base, b: Base): boolean => a.sha === b.sha || (a.tree !== null && a.tree === b.tree)
