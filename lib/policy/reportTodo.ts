import type { Todo } from '../domain/report.ts'
import { askedTarget } from './asks.ts'
import { openFix } from './openFix.ts'
import type { Told } from './reportFacts.ts'

/** What is asked of a person, where the stage waits for one. */
export function todoOf({ issue, fixes, release, releases, stage }: Told): Todo | null {
  if (!stage.waitingForYou) return null
  const show = `nightshift show ${issue.id}`
  const fix = openFix(fixes, releases)
  const target = stage.stage === 'waiting-for-you' && fix?.state === 'proven' ? askedTarget(fix, release) : null
  if (fix && target)
    return {
      what: 'approve',
      sentence: `Approve fix ${fix.id} up to ${target}, or reject it.`,
      commands: [`nightshift approve ${fix.id} --target ${target}`, `nightshift reject ${fix.id} --why "…"`, show],
    }
  if (release && out(release))
    return {
      what: 'rollback',
      sentence: `Look at it, and roll release ${release.id} back if it should not stay.`,
      commands: [`nightshift rollback ${release.id} --why "…"`, show],
    }
  return { what: 'look', sentence: 'Look at what was found.', commands: [show] }
}

/** Something of it is on a branch that others build on, or served; only that can be taken back. */
const out = ({ state, facts }: NonNullable<Told['release']>): boolean =>
  (state === 'held' || state === 'rolling-back') && (facts.stagingSha !== undefined || facts.mainSha !== undefined)
