import { REPORT_SECTIONS, type Report, type ReportItem, type ReportSection } from '../domain/report.ts'
import { costOf } from './reportCost.ts'
import type { ReportFacts } from './reportFacts.ts'
import { itemOf, toldOf } from './reportItem.ts'
import { sectionOf } from './reportSection.ts'

/** The morning note: what happened since a moment and what is still open from before, each issue in one section. */
export function reportOf(facts: ReportFacts): Report {
  const { project, since, now, more } = facts
  const sections = Object.fromEntries(REPORT_SECTIONS.map((name) => [name, [] as ReportItem[]])) as Report['sections']
  for (const strand of facts.strands) {
    const told = toldOf(strand, facts)
    const section = sectionOf(told, since)
    if (section) sections[section].push(itemOf(told, since))
  }
  for (const name of REPORT_SECTIONS) sections[name].sort(gravestFirst)
  return {
    project: project.slug,
    name: project.name,
    since: since.toISOString(),
    until: now.toISOString(),
    zone: project.policy.hours.zone,
    headline: headlineOf(sections, more),
    sections,
    cost: costOf(facts),
    more,
  }
}

const gravestFirst = (a: ReportItem, b: ReportItem): number =>
  a.severity.localeCompare(b.severity) || b.at.localeCompare(a.at) || a.issue - b.issue

const WORDS: Record<ReportSection, (n: number) => string> = {
  cured: (n) => `${n} cured`,
  waiting: (n) => `${n} waiting for you`,
  moving: (n) => `${n} on the way`,
  rolledBack: (n) => `${n} rolled back`,
  failed: (n) => `${n} tried and failed`,
  leftAlone: (n) => `${n} left alone`,
}

/** The night in one line; of an empty one it is all there is to say. */
function headlineOf(sections: Report['sections'], more: number): string {
  const items = REPORT_SECTIONS.flatMap((name) => sections[name])
  if (items.length === 0 && more === 0) return 'A quiet night: nothing happened, and nothing is open.'
  const counted = REPORT_SECTIONS.flatMap((name) =>
    sections[name].length > 0 ? [WORDS[name](sections[name].length)] : [],
  )
  const older = more > 0 ? [`${more} older ones are open`] : []
  const said = `${[...counted, ...older].join(', ')}.`
  return items.every(({ before }) => before) ? `Nothing new. Still open from before: ${said}` : said
}
