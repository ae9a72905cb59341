import type { Fix } from '../../lib/domain/fix.ts'
import { Policy, type Project, Settings } from '../../lib/domain/project.ts'
import type { Release, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import { REPORT_SECTIONS, type Report, type ReportItem, type ReportSection } from '../../lib/domain/report.ts'
import { reportOf } from '../../lib/policy/report.ts'
import type { ReportFacts, ReportStrand } from '../../lib/policy/reportFacts.ts'
import { after, issue, release, seenAt } from './stages.ts'

export const clinic = (over: Partial<Project> = {}): Project => ({
  id: 1,
  slug: 'clinic',
  name: 'Clinic',
  level: 2,
  policy: Policy.parse({}),
  policyVersion: 1,
  capPerDay: 10,
  pausedAt: null,
  pausedBy: null,
  pausedWhy: null,
  settings: Settings.parse({ repository: '/r', app: 'clinic' }),
  ingestNo: 1,
  ...over,
})

export const strand = (over: Partial<ReportStrand> = {}): ReportStrand => {
  const one = { issue: issue(), diagnosis: null, fixes: [] as Fix[], release: null, ...over }
  return { ...one, releases: over.releases ?? (one.release ? [one.release] : []) }
}

/** A release that entered its state at `after(20)`. */
export const entered = (state: ReleaseState, facts: ReleaseFacts = {}, fix = 'fix-1'): Release =>
  release(state, { ...facts, entered: { [state]: after(20).toISOString() } }, fix)

export const facts = (strands: ReportStrand[], over: Partial<ReportFacts> = {}): ReportFacts => ({
  project: clinic(),
  strands,
  echoes: new Map(),
  spent: [],
  promotedToday: 0,
  more: 0,
  since: seenAt,
  now: after(30),
  ...over,
})

export const noteOf = (strands: ReportStrand[], over: Partial<ReportFacts> = {}): Report =>
  reportOf(facts(strands, over))

/** Where each issue is, section by section. */
export const placed = ({ sections }: Report): [ReportSection, number][] =>
  REPORT_SECTIONS.flatMap((name) => sections[name].map(({ issue }): [ReportSection, number] => [name, issue]))

/** The one item of a note of one strand. */
export const only = (one: ReportStrand, over: Partial<ReportFacts> = {}): ReportItem => {
  const { sections } = noteOf([one], over)
  const items = REPORT_SECTIONS.flatMap((name) => sections[name])
  if (items.length !== 1) throw new Error(`${items.length} items`)
  return items[0]!
}
