import { handOverInWords } from './handOverWords.ts'
import type { Notice } from './notice.ts'
import type { Summary } from './summary.ts'
import type { SummaryWords } from './summaryLines.ts'
import { weeklyInWords } from './weeklyWords.ts'

export const summaryInWords = (summary: Summary): SummaryWords =>
  summary.kind === 'hand-over'
    ? handOverInWords(summary.period, summary.content, summary.quiet)
    : weeklyInWords(summary.period, summary.content, summary.quiet)

/** Once a kind and period of a project. */
export const keyOfSummary = ({ kind, period }: Pick<Summary, 'kind' | 'period'>): string => `${kind}:${period}`

/** The notice it is told by: its headline is in the title, unless it is all there is to say. */
export function noticeOfSummary(summary: Summary): Notice {
  const { title, headline, parts } = summaryInWords(summary)
  const { kind, period } = summary
  const told = parts.map((part) => [part.title, ...part.lines.map(({ text }) => `- ${text}`)].join('\n'))
  return {
    ...{ kind, period, parts, key: keyOfSummary(summary) },
    title: parts.length === 0 ? title : `${title}: ${headline}`,
    body: parts.length === 0 ? headline : told.join('\n\n'),
    link: '/dashboard/agent-control/report',
  }
}
