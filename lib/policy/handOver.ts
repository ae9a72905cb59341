import type { Report, ReportItem } from '../domain/report.ts'
import type { HandOver, HandOverItem } from '../domain/summary.ts'
import { overdue } from './due.ts'
import type { ReportStrand } from './reportFacts.ts'

export interface HandOverFacts {
  /** The note of the same time, which sorts the issues. */
  report: Report
  strands: ReportStrand[]
  paused: boolean
}

/**
 * What happened since the last hand-over, each issue in one part of it. What waits is there whatever else happened to it,
 * and with how late it is; what is late and waits for nobody has a part of its own, unless it came to an end. P4 is counted.
 */
export function handOverOf({ report, strands, paused }: HandOverFacts): HandOver {
  const [since, now] = [new Date(report.since), new Date(report.until)]
  const told = new Map(strands.map((strand) => [strand.issue.id, strand]))
  const late = (issue: number) => lateOf(told.get(issue), now)
  const sections = mapped(report.sections, (all) => all.filter(isGrave))
  const { waiting, cured, leftAlone } = sections
  // What was taken back is that, though its next attempt is on the way; what was taken back long ago is on the way.
  const others = [...sections.moving, ...sections.rolledBack, ...leftAlone, ...sections.failed]
  const rolledBack = others.filter((one) => wentBack(told.get(one.issue), since) || isGoingBack(one))
  const failed = sections.failed.filter((one) => !rolledBack.includes(one))
  const out = sections.moving.filter((one) => !rolledBack.includes(one) && reachedUsers(told.get(one.issue), since))
  const quiet = others.filter((one) => ![...rolledBack, ...failed, ...out].includes(one))
  const overdue = quiet.filter(({ issue }) => late(issue) > 0)
  const rest = quiet.filter((one) => !overdue.includes(one))
  const item = ({ issue, severity, todo }: ReportItem): HandOverItem => ({
    ...{ issue, severity, todo: todo?.what ?? null, lateMs: late(issue) },
  })
  const all = Object.values(report.sections).flat()
  return {
    parts: mapped({ waiting, overdue, cured, released: out, rolledBack, failed }, (items) => items.map(item)),
    held: waiting.filter(({ stage }) => stage === 'held').length,
    moving: rest.filter((one) => !leftAlone.includes(one)).length,
    leftAlone: rest.filter((one) => leftAlone.includes(one)).length,
    findings: all.filter((one) => !isGrave(one)).length,
    ...{ paused, cost: report.cost, more: report.more },
    news: all.some((one) => isGrave(one) && !one.before),
  }
}

/** Anything but a finding that somebody may look at once a week. */
const isGrave = ({ severity, todo }: ReportItem): boolean =>
  severity !== 'P4' || (todo !== null && todo.what !== 'look')

function mapped<K extends string, A, B>(of: Record<K, A>, how: (one: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries<A>(of).map(([name, one]) => [name, how(one)])) as Record<K, B>
}

/** Nothing moved, nobody is waited for, and nothing is late or stopped. */
export const isQuietNight = ({ parts, news, paused }: HandOver): boolean =>
  !paused && !news && Object.values(parts).every((items) => items.length === 0)

/** One of its releases was taken back since, though the next attempt is being made already. */
function wentBack(strand: ReportStrand | undefined, since: Date): boolean {
  const ends = (strand?.releases ?? []).flatMap(({ facts }) => facts.entered?.['rolled-back'] ?? [])
  return ends.some((at) => Date.parse(at) > since.getTime())
}

const isGoingBack = ({ stage }: ReportItem): boolean => stage === 'rolling-back'

/** Its fix is in production since, and how that ends is not known yet. */
function reachedUsers(strand: ReportStrand | undefined, since: Date): boolean {
  const at = strand?.release?.facts.entered?.watching
  return at !== undefined && Date.parse(at) > since.getTime()
}

/** How late what it is owed is by now, in milliseconds; 0 once it was done. The weekly review is never late: it is made. */
function lateOf(strand: ReportStrand | undefined, now: Date): number {
  if (!strand || strand.issue.state === 'closed' || strand.issue.severity === 'P4') return 0
  const { issue, diagnosis, fixes } = strand
  const { severity, firstSeen } = issue
  const begun = diagnosis !== null || fixes.length > 0
  const done = severity === 'P0' || severity === 'P1' ? begun : fixes.some((fix) => fix.state === 'proven')
  return done ? 0 : overdue({ severity, firstSeen, doneAt: null, now }).lateMs
}
