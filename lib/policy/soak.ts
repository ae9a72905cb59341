import type { Policy } from '../domain/project.ts'
import type { Verdict, Watch } from '../domain/release.ts'
import { countsAreSound, isCount, isDuration } from './sample.ts'

/** Fewest probes whose silence means something; a policy may ask for more, never for less. */
const LEAST_PROBES = 60

export interface SoakProgress {
  /** Seconds since the soak began. */
  elapsedSeconds: number
  policy: Pick<Policy, 'soakSeconds' | 'probes'>
}

/** Staging has no users to be patient with: one failed probe or one new error ends the soak. */
export function soakOf(watch: Watch, { elapsedSeconds: seconds, policy }: SoakProgress): Verdict {
  const { probes, newErrors, healthFailures } = watch
  const fresh = newErrors.filter((events) => events > 0).length
  if (probes.failed > 0) return { answer: 'unhealthy', why: `${probes.failed} of ${probes.sent} probes failed.` }
  if (fresh > 0) return { answer: 'unhealthy', why: `${fresh} new ${fresh === 1 ? 'error' : 'errors'} on staging.` }
  if (healthFailures >= 2)
    return { answer: 'unhealthy', why: `The health check failed ${healthFailures} times in a row.` }

  const sound = countsAreSound(probes) && newErrors.every(isCount) && isCount(healthFailures) && isDuration(seconds)
  if (!sound) return { answer: 'inconclusive', why: 'The probes of the soak were not counted.' }
  const needed = Math.max(LEAST_PROBES, policy.probes)
  if (!(seconds >= policy.soakSeconds))
    return { answer: 'inconclusive', why: `${Math.floor(seconds)} of ${policy.soakSeconds} seconds soaked.` }
  if (!(probes.sent >= needed))
    return { answer: 'inconclusive', why: `${probes.sent} probes answered, and ${needed} are needed.` }
  return { answer: 'healthy', why: `${probes.sent} probes over ${Math.floor(seconds)} seconds, none failed.` }
}
