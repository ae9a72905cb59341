import type { Cost, ReportItem, ReportSection } from './report.ts'

/** What page and command line call each section. */
export const SECTION_TITLES: Record<ReportSection, string> = {
  cured: 'Cured',
  waiting: 'Waiting for you',
  moving: 'On its way',
  rolledBack: 'Rolled back',
  failed: 'Tried and failed',
  leftAlone: 'Left alone, and why',
}

/** `Attempt 2 was refused: …`; the reason is untrusted. */
export const attemptInWords = ({ attempt, how, why }: ReportItem['attempts'][number]): string =>
  `Attempt ${attempt} ${how === 'relapsed' ? how : `was ${how}`}: ${why}`

/** What the night cost, a name and a figure each. */
export function costInWords({ money, proofs, probes, promotions }: Cost): [name: string, figure: string][] {
  const dollars = `$${money.usd.toFixed(2)}`
  return [
    ['Money', money.calls === 0 ? `${dollars}: no model was called` : `${dollars} for ${many(money.calls, 'call')}`],
    ['Sandbox', `${many(proofs.seconds, 'second')} of ${many(proofs.n, 'measured attempt')}`],
    ['Probes', `${many(probes, 'request')} of our own in soaks and watches`],
    ['Promotions', `${promotions.today} of ${promotions.cap} used today`],
  ]
}

const many = (n: number, one: string): string => `${n.toLocaleString('en-GB')} ${one}${n === 1 ? '' : 's'}`

/** Nothing happened and nothing is open: the headline is all there is to say. */
export const isQuiet = ({
  sections,
  more,
}: {
  sections: Record<ReportSection, readonly unknown[]>
  more: number
}): boolean => more === 0 && Object.values(sections).every((items) => items.length === 0)
