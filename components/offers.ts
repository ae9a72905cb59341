import type { Proven } from '@/lib/domain/fix.ts'
import type { Release, ReleaseState } from '@/lib/domain/release.ts'
import { newestFix } from './cellText.ts'
import type { Told } from './strand.ts'
import { shortSha } from './untrusted.tsx'

/** What a person can decide about an issue as it stands. The gate has the last word; this only spares hopeless buttons. */
export interface Offers {
  /** The proven fix that an approval, or a rejection, would be about. */
  fix: Proven | null
  /** Not once it is going to production: then it is rolled back instead. */
  reject: boolean
  /** Releases that have something out, or are on their way; newest first. */
  rollbacks: Release[]
}

const OPEN: ReleaseState[] = ['staging', 'soaking', 'promoting', 'held']

export function offersOf({ issue, fixes, release, effects }: Told, earlier: Release[]): Offers {
  const fix = newestFix(fixes, release?.fix)
  const carries = release?.fix === fix?.id ? release : null
  const open =
    fix?.state === 'proven' &&
    !fix.withdrawn &&
    !fix.superseded &&
    (carries ? OPEN.includes(carries.state) : issue.state === 'open')
  const shipping = effects.some(
    ({ target, kind, state }) => target === 'production' && CHANGES.has(kind) && state !== 'failed',
  )
  const rollbacks = [...(release ? [release] : []), ...earlier].filter(canGoBack)
  return { fix: open ? fix : null, reject: open && !(carries && (shipping || carries.facts.mainSha)), rollbacks }
}

const CHANGES = new Set(['merge', 'deploy', 'promote'])

/** A held release only where something was merged; one that goes back already only where nobody ordered it. */
function canGoBack({ state, facts, backBy }: Release): boolean {
  if (state === 'rolled-back' || state === 'overtaken') return false
  if (state === 'rolling-back') return backBy === null
  if (state === 'held') return facts.stagingSha !== undefined || facts.mainSha !== undefined
  return true
}

/** What a rollback of this release will do, in one sentence. */
export function backInWords({ state, facts }: Release, branches: { production: string; staging: string }): string {
  if (state === 'rolling-back')
    return 'It is being taken back by itself. Once a person has ordered it, it goes on while the project is paused too.'
  const { mainSha, previous, productionDeployment, stagingSha, stagingDeployment, stagingPrevious } = facts
  const parts: string[] = []
  if (productionDeployment && previous) parts.push(`production serves ${shortSha(previous.sha)} again`)
  if (mainSha) parts.push(`the merge ${shortSha(mainSha)} leaves ${branches.production}`)
  if (stagingDeployment && stagingPrevious) parts.push(`staging serves ${shortSha(stagingPrevious.sha)} again`)
  if (stagingSha) parts.push(`the merge ${shortSha(stagingSha)} leaves ${branches.staging}`)
  const done = parts.length > 0 ? listed(parts) : 'nothing has left yet, so its way simply ends'
  return `${done.charAt(0).toUpperCase()}${done.slice(1)}. This patch never comes again, and the issue is open again.`
}

const listed = (parts: string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
