import type { Release, ReleaseFacts } from '../domain/release.ts'
import type { Stage, StageFacts } from './stageFacts.ts'
import { afterFailure, asksFor } from './stageOfFix.ts'

/** A release on its way or at its end. */
export function releaseStage(release: Release, facts: StageFacts): Stage {
  const noun = 'release'
  const { state, facts: seen } = release
  if (state === 'rolled-back')
    return { noun, ...afterFailure('Rolled back: the earlier version serves again.', state, facts) }
  if (state === 'relapsed') return { noun, ...afterFailure(`Relapsed: ${cureIn(seen)}.`, state, facts) }
  const waiting = waitingStage(release, facts)
  if (waiting) return waiting
  return { stage: state, noun, sentence: SENTENCES[state](seen, facts), waitingForYou: state === 'held' }
}

type Moving = Exclude<Release['state'], 'rolled-back' | 'relapsed'>

const SENTENCES: Record<Moving, (seen: ReleaseFacts, facts: StageFacts) => string> = {
  staging: (_, { project }) => `Deploying to staging. Next: a soak of ${span(project.policy.soakSeconds)}.`,
  soaking: ({ soak }, { project }) =>
    `Soaking on staging: ${soak?.probes.sent ?? 0} of ${project.policy.probes} probes, ${soak?.probes.failed ?? 0} failed. Next: production.`,
  promoting: (_, { project }) => `Going to production. Next: a watch of ${span(project.policy.watchSeconds)}.`,
  watching: ({ watch }, { project, now }) => {
    const since = watch ? Math.max(0, now.getTime() - Date.parse(watch.since)) / 1000 : 0
    return `Watched in production for ${span(since)} of ${span(project.policy.watchSeconds)}. Next: whether the error stopped.`
  },
  cured: (seen) => `Cured: ${cureIn(seen)}. Nothing is left to do.`,
  unexposed: (seen) =>
    `In production, not yet shown to be cured: ${cureIn(seen)}. Next: asked again after 1, 7 and 30 days.`,
  held: ({ waiting }) => `Held: ${waiting ?? 'no reason was recorded'}. Next: you look at it.`,
}

/** A refused effect leaves its reason behind; whether a person is meant is asked of the same table again. */
function waitingStage(release: Release, facts: StageFacts): Stage | null {
  const { state, facts: seen } = release
  const target = state === 'staging' ? 'staging' : state === 'promoting' ? 'production' : null
  if (!target || !seen.waiting) return null
  const fix = facts.fixes.find((one) => one.id === release.fix)
  const asks = fix?.state === 'proven' ? asksFor(fix, target, facts) : null
  const noun = 'release'
  if (asks)
    return {
      stage: 'waiting-for-you',
      noun,
      sentence: `Ready for ${target}. ${asks} Next: you approve or reject it.`,
      waitingForYou: true,
    }
  return {
    stage: state,
    noun,
    sentence: `Waiting before ${target}: ${seen.waiting}. Next: tried again.`,
    waitingForYou: false,
  }
}

const cureIn = ({ cure }: ReleaseFacts): string => cure?.sentence ?? 'no count was recorded'

const span = (seconds: number): string =>
  seconds < 120 ? `${Math.floor(seconds)} s` : `${Math.floor(seconds / 60)} min`
