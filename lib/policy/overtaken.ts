import type { Release } from '../domain/release.ts'
import { type Bases, standing } from './bases.ts'

export const OVERTAKEN = 'Production runs another commit than the one it was proven on.'

/**
 * Why a release cannot go on as it is, or null: what was proven is what ships (design, section 5.4), so its base has to
 * be what production runs. Once it is merged, production moves by this release itself.
 */
export function overtakenBy(
  { state, facts }: Pick<Release, 'state' | 'facts'>,
  base: Bases['serving'],
  serving: Bases['serving'],
): string | null {
  return mayBeOvertaken({ state, facts }) && standing(base, { serving, coming: null }) === 'gone' ? OVERTAKEN : null
}

/** Neither what is out, nor what is taken back, asks what production runs beside it: no way back waits for a code host. */
export const mayBeOvertaken = ({ state, facts }: Pick<Release, 'state' | 'facts'>): boolean =>
  state === 'staging' || state === 'soaking' || (state === 'promoting' && facts.mainSha === undefined)
