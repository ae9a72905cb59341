import { type Fix, headlineOf } from '../domain/fix.ts'
import type { Release } from '../domain/release.ts'
import type { ReportItem } from '../domain/report.ts'
import { inOrder } from './attempt.ts'
import type { ReportFacts, ReportStrand, Told } from './reportFacts.ts'
import { todoOf } from './reportTodo.ts'
import { stageOf } from './stage.ts'

type Attempt = ReportItem['attempts'][number]

/** Derives once what sorting and telling both need. */
export function toldOf(strand: ReportStrand, { project, echoes, now }: ReportFacts): Told {
  const stage = stageOf({ ...strand, project, now })
  return { ...strand, stage, at: movedAt(strand), echoes: echoes.get(strand.issue.id) ?? 0 }
}

export function itemOf(told: Told, since: Date): ReportItem {
  const { issue, stage, at } = told
  return {
    issue: issue.id,
    severity: issue.severity,
    title: issue.title,
    stage: stage.stage,
    sentence: [stage.sentence, ...echoed(told)].join(' '),
    at: at.toISOString(),
    before: at < since,
    todo: todoOf(told),
    attempts: attemptsOf(told),
  }
}

/** The last time anything about it moved, by its rows. */
function movedAt({ issue, diagnosis, fixes, releases }: ReportStrand): Date {
  const instants = [
    issue.firstSeen,
    ...(issue.state === 'closed' ? [issue.closedAt] : []),
    ...(diagnosis ? [diagnosis.at] : []),
    ...fixes.flatMap((fix) => (fix.state === 'proven' ? [fix.createdAt, fix.provenAt] : [fix.createdAt])),
    ...releases.flatMap(({ createdAt, facts }) => [
      createdAt,
      ...Object.values(facts.entered ?? {}).map((at) => new Date(at)),
    ]),
  ].map((at) => at.getTime())
  return new Date(Math.max(...instants.filter((at) => !Number.isNaN(at))))
}

function attemptsOf({ fixes, releases }: Told): Attempt[] {
  return inOrder(fixes).flatMap((fix) => cameBack(fix, releases) ?? [])
}

function cameBack(fix: Fix, releases: Release[]): Attempt | null {
  const { attempt } = fix
  if (fix.state === 'refused') return { attempt, how: 'refused', why: headlineOf(fix.why) }
  if (fix.withdrawn) return { attempt, how: 'taken back', why: fix.withdrawnWhy ?? 'no reason was recorded' }
  const relapsed = releases.find((release) => release.fix === fix.id && release.state === 'relapsed')
  return relapsed ? { attempt, how: 'relapsed', why: relapsed.facts.cure?.sentence ?? 'no count was recorded' } : null
}

function echoed({ echoes }: Told): string[] {
  if (echoes === 0) return []
  const errors = echoes === 1 ? '1 error came' : `${echoes} errors came`
  return [`Since then ${errors} from versions without the cure: counted, and nothing was opened.`]
}
