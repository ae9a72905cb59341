import type { NoticePart } from './notice.ts'

/** What a summary says, without how it is laid out. */
export interface SummaryWords {
  title: string
  /** The whole of it in one line. */
  headline: string
  parts: NoticePart[]
}

type Line = NoticePart['lines'][number]

/** Lines of one part that are told; the pages have all of them. */
const MOST = 15

export const alone = (text: string): Line => ({ text, issue: null })

export const capped = (lines: Line[]): Line[] =>
  lines.length <= MOST ? lines : [...lines.slice(0, MOST), alone(`and ${lines.length - MOST} more`)]

export const many = (n: number, one: string): string => `${n.toLocaleString('en-GB')} ${one}${n === 1 ? '' : 's'}`

/** `Monday 30 November`, of a day alone: in no zone but its own. */
export const dayInWords = (day: string): string =>
  new Date(`${day}T00:00Z`).toLocaleDateString('en-GB', {
    ...{ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' },
  })

export function durationInWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`
}
