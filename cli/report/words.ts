import { REPORT_SECTIONS, type Report, type ReportItem } from '../../lib/domain/report.ts'
import { attemptInWords, costInWords, isQuiet, SECTION_TITLES } from '../../lib/domain/reportWords.ts'
import { onTheWall } from '../../lib/policy/week.ts'

/** A morning note for a terminal; of an empty night it is one line. */
export function noteInWords(report: Report): string[] {
  const { name, project, since, zone, headline, sections, cost, more } = report
  const head = `${name} (${project}), since ${onTheWall(zone, Date.parse(since))} ${zone}: ${headline}`
  if (isQuiet(report)) return [head]
  const parts = REPORT_SECTIONS.filter((section) => sections[section].length > 0).flatMap((section) => [
    '',
    `  ${SECTION_TITLES[section]}`,
    ...sections[section].flatMap((item) => itemInWords(item, zone)),
  ])
  const older = more > 0 ? ['', `  ${more} older open ones are on the board only.`] : []
  return [head, ...parts, ...older, '', '  What it cost', ...costInWords(cost).map(([what, n]) => `    ${what}: ${n}`)]
}

function itemInWords({ issue, severity, title, sentence, at, before, todo, attempts }: ReportItem, zone: string) {
  const when = onTheWall(zone, Date.parse(at))
  return [
    `    #${issue} ${severity} ${title}`,
    `      ${before ? `From before, ${when}` : when}: ${sentence}`,
    ...attempts.map((attempt) => `      ${attemptInWords(attempt)}`),
    ...(todo ? [`      ${todo.sentence}`, ...todo.commands.map((command) => `        ${command}`)] : []),
  ]
}
