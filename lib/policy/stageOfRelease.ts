import { awaitsItsWayBack, BACK_STEPS, type Release, type ReleaseFacts } from '../domain/release.ts'
import { OVERTAKEN } from './overtaken.ts'
import type { Stage, StageFacts } from './stageFacts.ts'
import { afterFailure } from './stageOfFix.ts'

/** A release on its way or at its end. */
export function releaseStage(release: Release, facts: StageFacts): Stage {
  const noun = 'release'
  const { state, facts: seen } = release
  if (state === 'rolled-back')
    return { noun, ...afterFailure(`Rolled back. ${seen.back?.why ?? ''}`.trim(), state, facts) }
  if (state === 'relapsed') return { noun, ...afterFailure(`Relapsed: ${cureIn(seen)}.`, state, facts) }
  if (state === 'overtaken')
    return {
      stage: 'fixing',
      noun,
      sentence: `${seen.back?.why ?? OVERTAKEN} Next: it is proven again on that one.`,
      waitingForYou: false,
    }
  const fix = facts.fixes.find(({ id }) => id === release.fix)
  if (fix && awaitsItsWayBack(release, fix))
    return {
      stage: 'rolling-back',
      noun,
      sentence: `${fix.withdrawnWhy ?? 'It was rejected.'} Next: it leaves staging, when nothing else is on its way there.`,
      waitingForYou: false,
    }
  const waiting = waitingStage(release) ?? underWayStage(release)
  if (waiting) return waiting
  return { stage: state, noun, sentence: SENTENCES[state](seen, facts), waitingForYou: state === 'held' }
}

type Moving = Exclude<Release['state'], 'rolled-back' | 'relapsed' | 'overtaken'>

const SENTENCES: Record<Moving, (seen: ReleaseFacts, facts: StageFacts) => string> = {
  staging: (_, { project }) => `Deploying to staging. Next: a soak of ${span(project.policy.soakSeconds)}.`,
  soaking: ({ soak }, { project }) =>
    `Soaking on staging: ${soak?.probes.sent ?? 0} of ${project.policy.probes} probes, ${soak?.probes.failed ?? 0} failed. Next: production.`,
  promoting: (_, { project }) => `Going to production. Next: a watch of ${span(project.policy.watchSeconds)}.`,
  watching: ({ watch }, { project, now }) => {
    const since = watch ? Math.max(0, now.getTime() - Date.parse(watch.since)) / 1000 : 0
    return `Watched in production for ${span(since)} of ${span(project.policy.watchSeconds)}. Next: whether the error stopped.`
  },
  'rolling-back': ({ back }) => {
    const undone = Object.keys(back?.undone ?? {}).length
    return `Rolling back: ${back?.why ?? 'no reason was recorded'} ${undone} of ${BACK_STEPS.length} steps done. Next: the issue opens again.`
  },
  cured: (seen) => `Cured: ${cureIn(seen)}. Nothing is left to do.`,
  unexposed: (seen) =>
    `In production, not yet shown to be cured: ${cureIn(seen)}. Next: asked again when there should have been enough requests, and after 1, 7 and 30 days.`,
  held: ({ waiting }) => `Held: ${waiting ?? 'no reason was recorded'}. Next: you look at it.`,
}

/** A refused effect leaves its reason behind: what is waited for, and whether a person is meant. */
function waitingStage({ state, facts: { refused, back } }: Release): Stage | null {
  if (!refused) return null
  const noun = 'release'
  const why = refused.why.join(' ')
  if (back) {
    const sentence = `Rolling back waits: ${refused.reason}. ${back.why} Next: you roll it back.`
    return { stage: 'waiting-for-you', noun, sentence, waitingForYou: true }
  }
  if (refused.asks) {
    const stale = refused.reason === 'no approval for this tree' ? '' : `${capital(refused.reason)}. `
    const sentence = `Ready for ${refused.target}. ${stale}${why} Next: you approve or reject it.`
    return { stage: 'waiting-for-you', noun, sentence, waitingForYou: true }
  }
  if (refused.reason.startsWith('held: ')) {
    const sentence = `Waiting before ${refused.target}: ${refused.reason}. ${why} Next: you see to its pull request; it is asked again.`
    return { stage: 'waiting-for-you', noun, sentence, waitingForYou: true }
  }
  const sentence = `Waiting before ${refused.target}: ${refused.reason}. ${why} Next: tried again.`.replace('  ', ' ')
  return { stage: state, noun, sentence, waitingForYou: false }
}

/** It keeps its place while others do something: a queue, or checks. */
function underWayStage({ state, facts: { waiting } }: Release): Stage | null {
  if (waiting === undefined || (state !== 'staging' && state !== 'promoting')) return null
  const sentence = `Waiting before ${state === 'staging' ? 'staging' : 'production'}: ${waiting}. Next: it is merged.`
  return { stage: state, noun: 'release', sentence, waitingForYou: false }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const cureIn = ({ cure }: ReleaseFacts): string => cure?.sentence ?? 'no count was recorded'

const span = (seconds: number): string =>
  seconds < 120 ? `${Math.floor(seconds)} s` : `${Math.floor(seconds / 60)} min`
