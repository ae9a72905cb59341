import type { Cause } from '../domain/diagnosis.ts'
import type { Fix } from '../domain/fix.ts'

const CAUSES: Record<Cause, string> = {
  code: 'The cause is in the code, and nothing here can repair it.',
  'no-code-cause': 'No change of the code would cure it; what was seen is on the page.',
  inconclusive: 'No cause was found; what was seen is on the page.',
}

/** Why a person is called, from states alone: the words of an error never reach a notice. */
export function needsPersonInWords(cause: Cause | null, fixes: Fix[]): string {
  const refused = fixes.filter((fix) => fix.state === 'refused').length
  const back = fixes.filter((fix) => fix.withdrawn).length
  if (refused + back === 0) return cause ? CAUSES[cause] : 'It was not diagnosed.'
  const parts = [attempts(refused, 'refused'), attempts(back, 'taken back')].filter(Boolean)
  return `Of the attempts ${parts.join(' and ')}; the reasons are on the page.`
}

const attempts = (n: number, what: string) => (n === 0 ? '' : `${n} ${n === 1 ? 'was' : 'were'} ${what}`)
