import { FINDINGS, type Finding, type FindingGroup, type WeeklyReview } from './summary.ts'
import { alone, capped, dayInWords, many, type SummaryWords } from './summaryLines.ts'

const TITLES: Record<FindingGroup, string> = {
  slow: 'Slow routes',
  other: 'Warnings, and what is harmless',
}

/** What to do about findings of a kind; nothing is done about them by itself. */
const ADVICE: Record<FindingGroup, string> = {
  slow: 'see on its page whether a query, a call to elsewhere or a missing cache takes the time',
  other: 'silence at the source what is no news, and make an issue of your own of what should not be so',
}

/** A weekly review in words: of an error there is nothing but its issue and how often it came. */
export function weeklyInWords(period: string, { groups, gone, more }: WeeklyReview, quiet: boolean): SummaryWords {
  const title = `Weekly review, week of ${dayInWords(period)}`
  if (quiet) return { title, headline: 'No P4 finding is open.', parts: [] }
  const all = FINDINGS.flatMap((group) => groups[group])
  const fresh = all.filter(({ isNew }) => isNew).length
  const counts = [
    `${many(all.length + more, 'P4 finding')} open`,
    ...(fresh > 0 ? [`${fresh} new`] : []),
    ...(gone > 0 ? [`${gone} over since the last review`] : []),
  ]
  return {
    ...{ title, headline: `${counts.join(', ')}.` },
    parts: FINDINGS.filter((group) => groups[group].length > 0).map((group) => ({
      title: `${TITLES[group]} (${groups[group].length})`,
      lines: [
        ...capped(groups[group].map((one) => ({ text: findingInWords(one), issue: one.issue }))),
        alone(`What to do: ${ADVICE[group]}.`),
      ],
    })),
  }
}

const findingInWords = ({ issue, route, seen, isNew }: Finding): string =>
  `Issue ${issue}${route ? `, ${route}` : ''}: counted ${many(seen, 'time')}${isNew ? ', new' : ''}`
