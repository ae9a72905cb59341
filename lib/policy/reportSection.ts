import type { ReportSection } from '../domain/report.ts'
import { inOrder } from './attempt.ts'
import type { Told } from './reportFacts.ts'
import type { StageName } from './stageFacts.ts'

/**
 * Where an issue stands in the morning note: exactly one section, or none when it was over before the note begins and
 * was not heard of since. What waits for a person is there and nowhere else, whatever led to it.
 */
export function sectionOf(told: Told, since: Date): ReportSection | null {
  const { issue, stage, at, echoes } = told
  if (stage.waitingForYou) return 'waiting'
  if (over(told) && at < since) return issue.state === 'closed' && echoes > 0 ? 'leftAlone' : null
  // Between two attempts the last one's failure is the news; once the next one is being made, that is.
  if (stage.stage === 'fixing' && failed(told)) return 'failed'
  return SECTIONS[stage.stage]
}

const SECTIONS: Record<StageName, ReportSection> = {
  noticed: 'leftAlone',
  diagnosing: 'moving',
  fixing: 'moving',
  proven: 'moving',
  'waiting-for-you': 'waiting',
  'needs-person': 'waiting',
  'no-code-cause': 'leftAlone',
  archived: 'leftAlone',
  staging: 'moving',
  soaking: 'moving',
  promoting: 'moving',
  watching: 'moving',
  cured: 'cured',
  unexposed: 'moving',
  relapsed: 'failed',
  'rolling-back': 'rolledBack',
  'rolled-back': 'rolledBack',
  overtaken: 'moving',
  held: 'waiting',
}

const UNDER_WAY = new Set<string>(['staging', 'soaking', 'promoting', 'watching', 'rolling-back'])

function over({ issue, stage, release }: Told): boolean {
  if (issue.state === 'closed') return release === null || !UNDER_WAY.has(release.state)
  return stage.stage === 'unexposed' && release?.facts.askAt === null
}

function failed({ fixes }: Told): boolean {
  const newest = inOrder(fixes).at(-1)
  return newest !== undefined && (newest.state === 'refused' || newest.withdrawn)
}
