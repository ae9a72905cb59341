import type { NoticePart } from './notice.ts'
import { costInWords } from './reportWords.ts'
import { HAND_OVER_PARTS, type HandOver, type HandOverItem, type HandOverPart } from './summary.ts'
import { alone, capped, dayInWords, durationInWords, many, type SummaryWords } from './summaryLines.ts'

const TITLES: Record<HandOverPart, string> = {
  waiting: 'Waiting for you',
  overdue: 'Overdue',
  cured: 'Cured',
  released: 'In production, and watched',
  rolledBack: 'Rolled back',
  failed: 'Tried and failed',
}

const COUNTED: Record<HandOverPart, string> = {
  waiting: 'waiting for you',
  overdue: 'overdue',
  cured: 'cured',
  released: 'released',
  rolledBack: 'rolled back',
  failed: 'tried and failed',
}

/** What is asked of a person. */
const ASKED: Record<NonNullable<HandOverItem['todo']>, string> = {
  approve: 'approve or reject its fix',
  look: 'look at what was found',
  rollback: 'look at it, and roll it back if it should not stay',
}

const HAPPENED: Record<HandOverPart, string> = {
  waiting: 'a person has to look',
  overdue: 'nobody is waited for',
  cured: 'the error stopped',
  released: 'its fix is in production; how it ends is told',
  rolledBack: 'production is as it was before',
  failed: 'what was tried did not hold',
}

/** A hand-over in words, by ids and numbers alone. */
export function handOverInWords(period: string, content: HandOver, quiet: boolean): SummaryWords {
  const title = `Hand-over of ${dayInWords(period)}`
  const besides = openInWords(content)
  if (quiet) {
    const open = besides === '' ? '' : ` Open all the same: ${besides}.`
    return { title, headline: `A quiet night: nothing happened, and nobody is waited for.${open}`, parts: [] }
  }
  const { parts, cost } = content
  const filled = HAND_OVER_PARTS.filter((part) => parts[part].length > 0)
  const counts = filled.map((part) => `${parts[part].length} ${COUNTED[part]}`)
  return {
    title,
    headline: `${counts.join(', ') || besides || 'paused'}.`,
    parts: [
      ...filled.map((part) => ({
        title: `${TITLES[part]} (${parts[part].length})`,
        lines: capped(parts[part].map((item) => ({ text: itemInWords(part, item), issue: item.issue }))),
      })),
      ...standing(content, counts.length > 0 ? besides : ''),
      { title: 'What it cost', lines: costInWords(cost).map(([name, figure]) => alone(`${name}: ${figure}`)) },
    ],
  }
}

function standing({ paused, held }: HandOver, besides: string): NoticePart[] {
  const lines = [
    ...(paused ? ['It is paused: nothing leaves but notices until somebody resumes.'] : []),
    ...(held > 0 ? [`Held: ${held} of what waits for you.`] : []),
    ...(besides ? [`Besides: ${besides}.`] : []),
  ]
  return lines.length === 0 ? [] : [{ title: 'How it stands', lines: lines.map(alone) }]
}

const openInWords = ({ moving, leftAlone, findings, more }: HandOver): string =>
  [
    ...(moving > 0 ? [`${moving} on the way`] : []),
    ...(leftAlone > 0 ? [`${leftAlone} left alone`] : []),
    ...(findings > 0 ? [`${many(findings, 'finding')} for the weekly review`] : []),
    ...(more > 0 ? [`${more} older ones`] : []),
  ].join(', ')

function itemInWords(part: HandOverPart, { issue, severity, todo, lateMs }: HandOverItem): string {
  const late = lateMs > 0 ? `, ${durationInWords(lateMs)} late` : ''
  return `Issue ${issue} (${severity}${late}): ${todo ? ASKED[todo] : HAPPENED[part]}`
}
